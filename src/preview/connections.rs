//! Connections: how many, how long and how much each may take. What HTTP is, hyper knows.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

/// Most connections at a time; a page needs one for each tab and some for its pictures.
const MAX_CONNECTIONS: usize = 64;
/// Longest head of a request, bytes, and most headers of it.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;
/// Time for a whole head.
const HEAD_TIME: Duration = Duration::from_secs(3);
/// Time for one write.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// What a refused sender may still send before the connection is cut: reads of 8 kB.
const REST: usize = 64;
const REST_TIME: Duration = Duration::from_millis(200);
/// Stack of a thread, bytes: Typst nests deeply.
const STACK: usize = 16 << 20;

/// Answers until the program is ended.
pub fn serve(listener: std::net::TcpListener, router: Router) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(MAX_CONNECTIONS)
        .thread_stack_size(STACK)
        .enable_all()
        .build()?;
    runtime.block_on(async move {
        let listener = TcpListener::from_std(listener)?;
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // Out of file handles: the ones in use come free.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let Ok(place) = places.clone().try_acquire_owned() else { continue };
            let router = router.clone();
            tokio::spawn(async move {
                let _place = place;
                answer(stream, router).await;
            });
        }
    })
}

/// One request a connection, so that no idle one takes a place.
async fn answer(stream: TcpStream, router: Router) {
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let mut stream = Box::pin(stream);
    // A sender that is gone is no fault.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .keep_alive(false)
        .auto_date_header(false)
        .title_case_headers(true)
        .serve_connection(TokioIo::new(&mut stream), TowerToHyperService::new(router))
        .await;
    drain(stream).await;
}

/// What was not read would make the system reset the connection before the answer arrives.
async fn drain(mut stream: Pin<Box<TimeoutStream<TcpStream>>>) {
    let _ = stream.shutdown().await;
    let mut rest = [0; 8192];
    for _ in 0..REST {
        match tokio::time::timeout(REST_TIME, stream.read(&mut rest)).await {
            Ok(Ok(read)) if read > 0 => {}
            _ => break,
        }
    }
}
