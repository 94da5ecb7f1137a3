//! `huibao preview`: the report in the browser, following the files.

use super::args::PreviewArgs;
use super::build;
use super::terminal::{say, tell};
use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, codes};
use crate::preview::{Address, Server};

pub fn run(args: PreviewArgs) -> Exit {
    let fail = |found: Vec<Diagnostic>| {
        tell(&found, &SourceMap::new());
        found.iter().map(|d| d.exit).max().unwrap_or(Exit::Fault)
    };
    if !args.host.is_loopback() && !args.allow_remote {
        let refused = Diagnostic::new(codes::V002, format!("--host {} 会让别的电脑也能打开预览", args.host))
            .help("确实需要时再加 --allow-remote；数据会以明文在网络上传送，只应在可信的内网使用");
        return fail(vec![refused]);
    }
    if let Some(missing) = args.data.iter().find(|path| !path.is_file()) {
        let refused = Diagnostic::new(codes::S001, format!("找不到数据文件“{}”", missing.display()))
            .help("检查文件名和所在文件夹；不写数据文件也可以，打开页面后再把文件拖进去");
        return fail(vec![refused]);
    }
    let request = build::request(&args.data, &args.choice, true);
    let kit = match build::kit(&request.folders) {
        Ok(kit) => kit,
        Err(found) => return fail(found),
    };
    let server = match Server::open(&Address { host: args.host, port: args.port }, request, kit, None) {
        Ok(server) => server,
        Err(found) => return fail(vec![*found]),
    };
    if !args.host.is_loopback() {
        let warning =
            Diagnostic::new(codes::V002, "预览对网络上别的电脑开放：知道下面地址的人都能看到数据，传送不加密")
                .weighing(Severity::Warning)
                .help("看完就按 Ctrl+C 结束");
        tell(&[warning], &SourceMap::new());
    }
    say(server.url());
    if !args.no_open {
        server.open_browser();
    }
    match server.run(None) {
        Ok(()) => Exit::Done,
        Err(_) => fail(vec![Diagnostic::new(codes::V003, "系统没有让出线程，预览不能开始")]),
    }
}
