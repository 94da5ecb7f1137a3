//! `huibao desk`: everything in the browser, over the files of one folder.

use super::args::DeskArgs;
use super::build;
use super::terminal::{say, tell};
use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes};
use crate::pipeline::Request;
use crate::preview::{Address, Folder, Server};
use crate::{desk, home};

pub fn run(args: &DeskArgs) -> Exit {
    let done = opened(args).and_then(|(server, folder)| {
        say(server.url());
        if !args.no_open {
            server.open_browser();
        }
        let pages = desk::router(server.shared(), folder);
        let ended = |_| vec![Diagnostic::new(codes::V003, "系统没有让出线程，不能开始")];
        server.run(Some(pages)).map_err(ended)
    });
    match done {
        Ok(()) => Exit::Done,
        Err(found) => {
            tell(&found, &SourceMap::new());
            found.iter().map(|d| d.exit).max().unwrap_or(Exit::Fault)
        }
    }
}

fn opened(args: &DeskArgs) -> Result<(Server, Folder), Vec<Diagnostic>> {
    if !args.dir.is_dir() {
        let refused = Diagnostic::new(codes::S001, format!("没有“{}”这个文件夹", args.dir.display()));
        return Err(vec![refused.help("检查文件夹的名称和位置；不写就用当前文件夹")]);
    }
    let mut folders = home::folders();
    // A folder of templates may lie with the data as well.
    folders.push(args.dir.clone());
    let kit = build::kit(&folders)?;
    let folder = Folder::new(args.dir.clone());
    let address = Address { host: std::net::Ipv4Addr::LOCALHOST.into(), port: args.port };
    let request = Request { folders, ..Request::default() };
    let server = Server::open(&address, request, kit, Some(folder.clone())).map_err(|d| vec![*d])?;
    Ok((server, folder))
}
