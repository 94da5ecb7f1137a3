//! The gate before every address: who may pass, and the guards on every answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::{HTML, Refusal};
use super::body::short;
use super::guard::{Verdict, token_of};
use super::shared::Shared;
use super::watch::lock;

/// What is allowed of a page: its own files, nothing else, in no frame, sending no forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// On every answer; none allows other origins.
const GUARDS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Lets through who may pass.
pub async fn pass(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let see = |more: HeaderMap| (StatusCode::SEE_OTHER, more).into_response();
    let mut answer = match shared.guard.judge(&parts) {
        Verdict::Refused => Refusal(StatusCode::FORBIDDEN, "请从程序打印的地址打开".into()).into_response(),
        // Only proxies are asked for whole addresses.
        _ if parts.uri.authority().is_some() => Refusal::nothing().into_response(),
        Verdict::Exchange => see(HeaderMap::from_iter([
            (header::LOCATION, without_token(&parts.uri)),
            (header::SET_COOKIE, value(&shared.guard.set_cookie())),
        ])),
        Verdict::Allowed if parts.uri.path() == "/" && token_of(&parts).is_some() => {
            see(HeaderMap::from_iter([(header::LOCATION, without_token(&parts.uri))]))
        }
        Verdict::Knock | Verdict::Allowed => next.run(Request::from_parts(parts, body)).await,
    };
    let guards = GUARDS.map(|(name, text)| (header::HeaderName::from_static(name), HeaderValue::from_static(text)));
    answer.headers_mut().extend(guards);
    answer
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("/"))
}

/// The same page without the token in its address; values stay encoded as they came.
fn without_token(uri: &Uri) -> HeaderValue {
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|p| !p.is_empty() && !p.starts_with("token="))
        .filter(|p| p.bytes().all(|b| b.is_ascii_graphic()))
        .collect();
    if kept.is_empty() { HeaderValue::from_static("/") } else { value(&format!("/?{}", kept.join("&"))) }
}

/// Takes the token from the page that opened the browser. The way on is a page's own: a redirect
/// would be that of a stranger, to whom no cookie is sent.
pub async fn enter(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let given = short(&headers, body).await?;
    if !given.strip_prefix("token=").is_some_and(|token| shared.guard.knows(token)) {
        return Err(Refusal(StatusCode::FORBIDDEN, "请从程序打印的地址打开".into()));
    }
    lock(&shared.opener).take();
    let on = "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=\"0;url=/\"><title>汇报</title>";
    let more = [
        (header::CONTENT_TYPE, HeaderValue::from_static(HTML)),
        (header::SET_COOKIE, value(&shared.guard.set_cookie())),
    ];
    Ok((more, on).into_response())
}

/// The page that brings the token to a browser: in a form, so that it stands neither among the
/// programs that run nor in the history.
pub fn opener(address: &str, token: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>汇报</title><form method=post action=\"{address}/enter\">\
         <input type=hidden name=token value={token}><button>打开汇报</button></form>\
         <script>document.forms[0].submit()</script>"
    )
}
