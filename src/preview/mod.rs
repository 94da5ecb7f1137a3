//! `huibao preview`: the report in the browser while its data are being filled in. A small
//! server on this machine for the one page that the user opened.
//!
//! 1. `http` reads a request, `guard` judges who asks, `routes` knows the addresses,
//!    `reply` answers.
//! 2. `watch` follows the files; `stream` tells the page each new `state` as a `message`.
//! 3. `takeaway` makes files of a state; `uploads` keeps what was dropped on the page.

mod choice;
mod desk;
mod guard;
mod http;
mod message;
mod reply;
mod routes;
mod state;
mod stream;
mod takeaway;
mod uploads;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::check::Memory;
use crate::diagnostic::{Diagnostic, codes};
use crate::layout::{Drawings, Kit};
use crate::pipeline::Request;
use crate::settings;
use desk::Desk;
use guard::Guard;
use uploads::Uploads;
use watch::Watch;

/// Most connections at a time; a page needs one for each tab and some for its pictures.
const MAX_CONNECTIONS: usize = 64;
/// Stack of a connection's thread, bytes: Typst nests deeply.
const STACK: usize = 16 << 20;
/// Ports that are tried when none is asked for.
const PORTS: std::ops::Range<u16> = 7420..7426;

/// Where the page is to be reached.
#[derive(Clone, Debug)]
pub struct Address {
    /// The interface that is listened on.
    pub host: IpAddr,
    /// 0: any free one; `None`: one of a few known ones, else any free one.
    pub port: Option<u16>,
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
        let fault = |_| Box::new(Diagnostic::new(codes::V003, "系统没有给出端口或随机数，预览不能开始"));
        let bound = listener.local_addr().map_err(|_| fault(()))?;
        let guard = Guard::new(bound.port(), !address.host.is_loopback()).map_err(|_| fault(()))?;
        let watch = Watch::start();
        // The office's settings may be written while the preview runs.
        let settings = settings::places(&request.data).into_iter();
        watch.follow(&settings.chain(request.data.iter().cloned()).collect::<Vec<_>>(), None);
        let desk = Desk {
            kit,
            files: request.data.clone(),
            request,
            guard,
            watch,
            uploads: Uploads::default(),
            drawings: Drawings::default(),
            memory: Memory::default(),
            sheets: Mutex::default(),
            states: Mutex::default(),
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
        let desk = self.desk.clone();
        std::thread::spawn(move || desk.sweep());
        for stream in self.listener.incoming() {
            let Ok(mut stream) = stream else {
                // Out of file handles: the ones in use come free.
                std::thread::sleep(Duration::from_millis(20));
                continue;
            };
            let desk = self.desk.clone();
            if desk.connections.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
                desk.connections.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let taken = Taken(desk.clone());
            let started = std::thread::Builder::new().stack_size(STACK).spawn(move || {
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
    Diagnostic::new(codes::V001, format!("预览不能开始：{why}")).help(help)
}
