//! Pictures of a pack, checked before any backend sees them.

use std::path::{Path, PathBuf};

use super::model::{Picture, PictureFormat};
use crate::diagnostic::{Diagnostic, Origin, codes};

/// Largest picture file, bytes, and most pixels on a side and in all.
pub const MAX_PICTURE_BYTES: u64 = 20 << 20;
pub const MAX_PICTURE_SIDE: u32 = 20_000;
pub const MAX_PICTURE_PIXELS: u64 = 60_000_000;

/// Reads and checks a picture that lies in `root`.
pub fn read(root: &Path, path: &str, alt: &str, place: Origin) -> Result<Picture, Box<Diagnostic>> {
    let refuse = |message: String, help: &str| Box::new(Diagnostic::new(codes::T041, message).at(place).help(help));
    let file = inside(root, path).ok_or_else(|| {
        refuse(
            format!("找不到图片“{path}”，或者它不在规定的文件夹里"),
            "模板的图片放在模板文件夹里，印章放在数据文件旁边，写相对路径；不能用网址、绝对路径、.. 或指到外面的链接",
        )
    })?;
    let bytes = crate::source::file::read(&file, MAX_PICTURE_BYTES).map_err(|mut d| {
        d.origin = Some(place);
        d
    })?;
    let mut picture = check(&bytes, place)
        .map_err(|why| refuse(format!("图片“{path}”不能用：{why}"), "换成完好的 PNG、JPG 或 SVG 图片"))?;
    picture.alt = if alt.trim().is_empty() { "图片" } else { alt.trim() }.into();
    Ok(picture)
}

/// Checks a picture that lies in a Word template.
pub fn embedded(bytes: &[u8], alt: &str, place: Origin) -> Result<Picture, Box<Diagnostic>> {
    let mut picture = check(bytes, place).map_err(|why| {
        let message = format!("Word 文件里的图片不能用：{why}");
        Box::new(Diagnostic::new(codes::T041, message).at(place).help("在 Word 里换成完好的 PNG 或 JPG 图片"))
    })?;
    picture.alt = if alt.trim().is_empty() { "图片" } else { alt.trim() }.into();
    Ok(picture)
}

/// The file inside `root`, links followed and checked.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    if path.contains("://") || path.contains('\0') || Path::new(path).is_absolute() {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let file = root.join(path).canonicalize().ok()?;
    file.starts_with(&root).then_some(file)
}

/// What the bytes are: PNG, JPEG or SVG of a sensible size that decodes whole.
pub fn check(bytes: &[u8], origin: Origin) -> Result<Picture, String> {
    let format = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        PictureFormat::Png
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        PictureFormat::Jpeg
    } else if is_svg(bytes) {
        PictureFormat::Svg
    } else {
        return Err("不是 PNG、JPG 或 SVG 图片".into());
    };
    let (width, height) = match format {
        PictureFormat::Svg => svg_size(bytes)?,
        PictureFormat::Jpeg => jpeg(bytes).and_then(|()| pixels(bytes))?,
        _ => pixels(bytes)?,
    };
    Ok(Picture { bytes: bytes.into(), format, width, height, alt: "".into(), caption: None, origin })
}

fn pixels(bytes: &[u8]) -> Result<(u32, u32), String> {
    let reader =
        image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().map_err(|_| "认不出格式")?;
    let (width, height) = reader.into_dimensions().map_err(|_| "文件已损坏")?;
    if width == 0 || height == 0 || width > MAX_PICTURE_SIDE || height > MAX_PICTURE_SIDE {
        return Err(format!("{width}×{height} 像素，边长上限是 {MAX_PICTURE_SIDE} 像素"));
    }
    if u64::from(width) * u64::from(height) > MAX_PICTURE_PIXELS {
        return Err(format!("{width}×{height} 像素，上限是 {MAX_PICTURE_PIXELS} 像素"));
    }
    let reader =
        image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().map_err(|_| "认不出格式")?;
    let decoded = reader.decode().map_err(|_| "文件已损坏，或者颜色格式（如 CMYK）不支持")?;
    Ok((decoded.width(), decoded.height()))
}

/// What decoders pass over: a JPEG in CMYK, which an archival PDF cannot hold, and one cut off.
fn jpeg(bytes: &[u8]) -> Result<(), String> {
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(high) << 8 | usize::from(low);
        match marker {
            // A frame: precision, height, width, then the number of components.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if bytes.get(at + 9) == Some(&4) => {
                return Err("颜色是 CMYK（印刷色），应为 RGB 或灰度".into());
            }
            // The picture itself, up to its end.
            0xDA => {
                let whole = bytes[at..].windows(2).any(|pair| pair == [0xFF, 0xD9]);
                return if whole { Ok(()) } else { Err("文件不完整".into()) };
            }
            _ => at += 2 + length.max(2),
        }
    }
    Err("文件已损坏".into())
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    head.contains("<svg") && std::str::from_utf8(bytes).is_ok()
}

/// Size of an SVG by its width and height or its viewBox; references to outside are refused.
fn svg_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let text = String::from_utf8_lossy(bytes);
    let lower = text.to_ascii_lowercase();
    if lower.contains("<!doctype") || lower.contains("<!entity") {
        return Err("SVG 里有 DTD 或实体定义".into());
    }
    // A reference may lead to a part of the picture itself or hold its data.
    let inside = |rest: &str| {
        let value = rest.trim_start().strip_prefix('=').map(|value| value.trim_start().trim_start_matches(['"', '\'']));
        value.is_none_or(|value| value.starts_with('#') || value.starts_with("data:"))
    };
    if lower.match_indices("href").any(|(i, found)| !inside(&lower[i + found.len()..])) {
        return Err("SVG 里引用了外面的文件或网址".into());
    }
    let tag = text.find("<svg").and_then(|i| text[i..].split('>').next()).unwrap_or("");
    let number = |name: &str| -> Option<f64> {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        value.trim().trim_end_matches("px").parse::<f64>().ok().filter(|v| *v > 0.0 && *v < 1e5)
    };
    let view = || -> Option<(f64, f64)> {
        let value = tag.split(" viewBox=\"").nth(1)?.split('"').next()?;
        let parts: Vec<f64> = value.split([' ', ',']).filter_map(|p| p.parse().ok()).collect();
        (parts.len() == 4 && parts[2] > 0.0 && parts[3] > 0.0).then(|| (parts[2], parts[3]))
    };
    let (width, height) = number("width").zip(number("height")).or_else(view).unwrap_or((800.0, 600.0));
    Ok((width.round().max(1.0) as u32, height.round().max(1.0) as u32))
}

/// Reads a picture that the data name, beside the data file.
pub fn read_beside(data_file: &Path, path: &str, alt: &str, place: Origin) -> Result<Picture, Box<Diagnostic>> {
    let root = data_file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    read(root, path, alt, place)
}
