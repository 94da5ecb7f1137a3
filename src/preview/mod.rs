//! `huibao preview`: the report in the browser while its data are being filled in. A small
//! server on this machine ([`http`]) for the one page that the user opened ([`guard`]),
//! which follows the files ([`watch`]) and is told every new state ([`view`]).

mod guard;
mod http;
mod routes;
mod view;
mod watch;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};

use crate::diagnostic::{Diagnostic, Exit};
use crate::layout::Kit;
use crate::pipeline::Request;
use crate::settings;
use guard::Guard;
use view::Sheet;
use watch::Watch;

/// Most connections at a time; a page needs one for each tab and some for its pictures.
const MAX_CONNECTIONS: usize = 64;
/// Ports that are tried when none is asked for.
const PORTS: std::ops::Range<u16> = 7420..7426;

/// Where the page is to be reached.
#[derive(Clone, Debug)]
pub struct Address {
    pub host: IpAddr,
    /// 0: any free one; `None`: one of a few known ones, else any free one.
    pub port: Option<u16>,
}

/// A file that was dropped on the page; it lives as long as its tab.
struct Upload {
    name: String,
    bytes: Arc<Vec<u8>>,
    viewers: usize,
    /// When its last viewer left, or it came.
    idle: std::time::Instant,
}

/// What all connections share.
struct Desk {
    kit: Kit,
    request: Request,
    files: Vec<PathBuf>,
    guard: Guard,
    watch: Watch,
    uploads: Mutex<HashMap<String, Upload>>,
    /// Pages that some tab shows.
    sheets: Mutex<HashMap<String, Weak<Sheet>>>,
    /// One build at a time.
    building: Mutex<()>,
    connections: AtomicUsize,
    streams: AtomicUsize,
}

/// A server that has its port but does not answer yet.
pub struct Server {
    listener: TcpListener,
    desk: Arc<Desk>,
    address: SocketAddr,
}

impl Server {
    /// Takes the port and draws the token.
    pub fn open(address: &Address, request: Request, kit: Kit) -> Result<Server, Box<Diagnostic>> {
        let listener = listen(address)?;
        let fault = |_| Box::new(Diagnostic::error("V003", "系统没有给出端口或随机数，预览不能开始").exit(Exit::Io));
        let bound = listener.local_addr().map_err(|_| fault(()))?;
        let guard = Guard::new(bound.port(), !address.host.is_loopback()).map_err(|_| fault(()))?;
        let watch = Watch::start();
        // A file that is not there would be waited for at every save.
        let settings = settings::places(&request.data).into_iter().filter(|path| path.is_file());
        watch.follow(&settings.chain(request.data.iter().cloned()).collect::<Vec<_>>(), None);
        let desk = Desk {
            kit,
            files: request.data.clone(),
            request,
            guard,
            watch,
            uploads: Mutex::default(),
            sheets: Mutex::default(),
            building: Mutex::default(),
            connections: AtomicUsize::new(0),
            streams: AtomicUsize::new(0),
        };
        Ok(Server { listener, desk: Arc::new(desk), address: bound })
    }

    /// The address to open, with the token.
    pub fn url(&self) -> String {
        let host = if self.address.ip().is_unspecified() { "127.0.0.1".into() } else { self.address.to_string() };
        let host = if self.address.ip().is_unspecified() { format!("{host}:{}", self.address.port()) } else { host };
        format!("http://{host}/?token={}", self.desk.guard.token())
    }

    /// Answers until the program is ended.
    pub fn run(self) {
        for stream in self.listener.incoming() {
            let Ok(mut stream) = stream else {
                // Out of file handles: the ones in use come free.
                std::thread::sleep(std::time::Duration::from_millis(20));
                continue;
            };
            let desk = self.desk.clone();
            if desk.connections.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
                desk.connections.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let taken = Taken(desk.clone());
            let started = std::thread::Builder::new().spawn(move || {
                let _taken = taken;
                routes::answer(&desk, &mut stream);
            });
            drop(started);
        }
    }
}

/// A place among the connections, given back when it is dropped.
struct Taken(Arc<Desk>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

fn listen(address: &Address) -> Result<TcpListener, Box<Diagnostic>> {
    let bind = |port| TcpListener::bind((address.host, port));
    let Some(port) = address.port else {
        let known = PORTS.filter_map(|port| bind(port).ok()).next();
        return known.map_or_else(|| bind(0).map_err(|e| Box::new(no_port(0, &e, None))), Ok);
    };
    bind(port).map_err(|error| {
        let free = (port.saturating_add(1)..port.saturating_add(50)).find(|p| bind(*p).is_ok());
        Box::new(no_port(port, &error, free))
    })
}

fn no_port(port: u16, error: &std::io::Error, free: Option<u16>) -> Diagnostic {
    let why = match error.kind() {
        std::io::ErrorKind::AddrInUse => format!("端口 {port} 已被别的程序占用"),
        std::io::ErrorKind::PermissionDenied => format!("没有使用端口 {port} 的权限"),
        std::io::ErrorKind::AddrNotAvailable => "本机没有 --host 所写的地址".to_string(),
        _ => format!("端口 {port} 不能用"),
    };
    let help = match free {
        Some(free) => format!("改用空闲的端口：--port {free}；或者不写 --port，由程序自己找"),
        None => "不写 --port，由程序自己找一个空闲的端口".to_string(),
    };
    Diagnostic::error("V001", format!("预览不能开始：{why}")).help(help).exit(Exit::Io)
}
