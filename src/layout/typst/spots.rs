//! Where the figures of a report stand on its pages, once it was laid out with them marked.

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Destination;

/// Spots of a figure that are so near, pt, are one: a figure of digits and Han characters is
/// set in pieces.
const JOIN: f64 = 3.0;

/// Where a figure (or one line of it) stands on its page, in shares of the page from the
/// left and from the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub figure: u32,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A page's height in pt and the places of its figures in pt from the top left.
pub struct Marked {
    pub height: f64,
    pub spots: Vec<Spot>,
}

/// The figures of a page that was laid out with its figures marked.
pub fn marked(page: &typst_layout::Page) -> Marked {
    let mut spots = Vec::new();
    find(&page.frame, Transform::identity(), &mut spots);
    Marked { height: page.frame.height().to_pt(), spots }
}

/// Collects the links that carry figures, in pt.
fn find(frame: &Frame, at: Transform, spots: &mut Vec<Spot>) {
    for (point, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => find(&group.frame, here.pre_concat(group.transform), spots),
            FrameItem::Link(Destination::Url(url), size) => {
                let Some(figure) = url.as_str().strip_prefix("figure:").and_then(|id| id.parse().ok()) else {
                    continue;
                };
                let corners = [Point::zero(), size.to_point()].map(|corner| corner.transform(here));
                let (a, b) = (corners[0], corners[1]);
                join(
                    spots,
                    Spot {
                        figure,
                        x: a.x.min(b.x).to_pt(),
                        y: a.y.min(b.y).to_pt(),
                        width: (a.x - b.x).abs().to_pt(),
                        height: (a.y - b.y).abs().to_pt(),
                    },
                );
            }
            _ => {}
        }
    }
}

/// Adds a spot; one that goes on where the last one ends makes it longer.
fn join(spots: &mut Vec<Spot>, spot: Spot) {
    if let Some(last) = spots.last_mut()
        && last.figure == spot.figure
        && (last.y - spot.y).abs() < JOIN
        && (last.x + last.width - spot.x).abs() < JOIN
    {
        let bottom = (last.y + last.height).max(spot.y + spot.height);
        last.width = spot.x + spot.width - last.x;
        last.y = last.y.min(spot.y);
        last.height = bottom - last.y;
        return;
    }
    spots.push(spot);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_figure_are_one_spot() {
        let spot = |figure, x, y| Spot { figure, x, y, width: 10.0, height: 12.0 };
        let mut spots = Vec::new();
        for piece in [spot(1, 0.0, 0.0), spot(1, 10.5, 0.2), spot(2, 20.5, 0.0), spot(2, 0.0, 29.0)] {
            join(&mut spots, piece);
        }
        let widths: Vec<f64> = spots.iter().map(|s| s.width).collect();
        assert_eq!(widths, [20.5, 10.0, 10.0]);
    }
}
