//! Pictures that the user gives: their size on the page, and vector pictures that cannot be drawn.

use typst::foundations::Bytes;
use typst::visualize::SvgImage;

use super::standard::{PICTURE_HEIGHT_LARGEST, pt};
use crate::diagnostic::{Diagnostic, codes};
use crate::document::{Picture, PictureFormat};

/// Size of a picture on the page, pt: its own at 96 px an inch, at most the room and two thirds of a page;
/// `page`: height of the type area, pt.
pub fn fit_picture(picture: &Picture, room: f64, page: f64) -> (f64, f64) {
    let (width, height) = (f64::from(picture.width.max(1)) * 0.75, f64::from(picture.height.max(1)) * 0.75);
    let scale = (room / width).min(pt(PICTURE_HEIGHT_LARGEST).min(page * 2.0 / 3.0) / height).min(1.0);
    (width * scale, height * scale)
}

/// What keeps a vector picture from being drawn, said at its place.
pub fn svg_fault(picture: &Picture) -> Option<Diagnostic> {
    let broken = picture.format == PictureFormat::Svg && SvgImage::new(Bytes::new(picture.bytes.to_vec())).is_err();
    broken.then(|| {
        Diagnostic::new(codes::L044, "SVG 图片读不出来，可能已损坏或过于复杂")
            .at(picture.origin)
            .about(&*picture.alt)
            .help("用绘图软件重新导出，或换成 PNG、JPG 图片")
    })
}
