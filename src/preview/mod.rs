//! `huibao preview`: the report in the browser while its data are being filled in. A small
//! server on this machine for the one page that the user opened.
//!
//! 1. `connections` limits what a connection may take, `gate` and `guard` judge who asks,
//!    `routes` knows the addresses.
//! 2. `watch` follows the files; `stream` tells the page each new `state` as a `message`.
//! 3. `takeaway` makes files of a state; `uploads` keeps what was dropped on the page.

mod answer;
mod body;
mod choice;
mod connections;
mod folder;
mod gate;
mod guard;
mod message;
mod routes;
mod shared;
mod state;
mod stream;
mod takeaway;
mod uploads;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;

use crate::diagnostic::{Diagnostic, codes};
use crate::layout::Kit;
use crate::output::Passing;
use crate::pipeline::Request;
use crate::settings;
pub use answer::{Answer, HTML, Refusal, SCRIPT, STYLE, file, heavy, json, words};
pub use body::short;
pub use choice::Asked;
pub use folder::{Folder, is_data, is_template};
use guard::Guard;
pub use routes::own;
pub use shared::Shared;
pub use state::State;
pub use takeaway::{Kind, made};
pub use watch::lock;

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
    shared: Arc<Shared>,
    address: SocketAddr,
}

impl Server {
    /// Takes the port and draws the token.
    pub fn open(
        address: &Address,
        request: Request,
        kit: Kit,
        folder: Option<Folder>,
    ) -> Result<Server, Box<Diagnostic>> {
        let listener = listen(address)?;
        let fault = |_| Box::new(Diagnostic::new(codes::V003, "系统没有给出端口或随机数，预览不能开始"));
        let bound = listener.local_addr().map_err(|_| fault(()))?;
        let guard = Guard::new(bound.port(), !address.host.is_loopback()).map_err(|_| fault(()))?;
        // The office's settings may be written while the preview runs.
        let settings = settings::places(&request.data).into_iter();
        let followed: Vec<_> = settings.chain(request.data.iter().cloned()).collect();
        let shared = Shared::new(request, kit, folder, guard);
        shared.watch.follow(&followed, None);
        Ok(Server { listener, shared: Arc::new(shared), address: bound })
    }

    /// What its pages share.
    pub fn shared(&self) -> Arc<Shared> {
        self.shared.clone()
    }

    /// The address to open, with the token.
    pub fn url(&self) -> String {
        format!("{}/?token={}", self.place(), self.shared.guard.token())
    }

    fn place(&self) -> String {
        let here = SocketAddr::new(IpAddr::from([127, 0, 0, 1]), self.address.port());
        format!("http://{}", if self.address.ip().is_unspecified() { here } else { self.address })
    }

    /// Opens the browser. What it is given is a page, since the arguments of a program are seen by all
    /// users of the machine; without a browser the address that is printed is enough.
    pub fn open_browser(&self) {
        let page = gate::opener(&self.place(), self.shared.guard.token());
        let Ok(page) = Passing::new(".html", page.as_bytes()) else { return };
        let _ = open::that_detached(page.path());
        *lock(&self.shared.opener) = Some(page);
    }

    /// Answers until the program is ended: the report alone, or under /report beside other pages.
    pub fn run(self, others: Option<Router>) -> std::io::Result<()> {
        let shared = self.shared.clone();
        std::thread::spawn(move || shared.sweep());
        let page = if others.is_some() { "/report" } else { "/" };
        connections::serve(self.listener, routes::router(self.shared, page, others.unwrap_or_default()))
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
