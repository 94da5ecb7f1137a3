//! What comes behind the head of a request, within limits.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};

use super::answer::Refusal;
use super::guard::single;
use crate::source::file::bytes_shown;

/// Time for a whole body.
const BODY_TIME: Duration = Duration::from_secs(60);
/// The longest body that is no file.
const SHORT: u64 = 16 << 10;

/// A body of at most `most` bytes, by its length; chunked bodies are not taken.
pub async fn body(headers: &HeaderMap, body: Body, most: u64) -> Result<Vec<u8>, Refusal> {
    let length = single(headers, "content-length").and_then(|length| length.parse::<u64>().ok());
    let length = length.filter(|_| !headers.contains_key(header::TRANSFER_ENCODING));
    let length = length.ok_or(Refusal(StatusCode::LENGTH_REQUIRED, "没有写明长度".into()))?;
    if length > most {
        return Err(Refusal(StatusCode::PAYLOAD_TOO_LARGE, format!("文件太大，最多 {}", bytes_shown(most))));
    }
    let gone = || Refusal(StatusCode::REQUEST_TIMEOUT, "没有收到全部内容".into());
    let whole = tokio::time::timeout(BODY_TIME, to_bytes(body, length as usize)).await;
    whole.map_err(|_| gone())?.map(Into::into).map_err(|_| gone())
}

/// A short body of text.
pub async fn short(headers: &HeaderMap, given: Body) -> Result<String, Refusal> {
    let bytes = body(headers, given, SHORT).await?;
    String::from_utf8(bytes).map_err(|_| Refusal(StatusCode::BAD_REQUEST, "请求不合规定".into()))
}
