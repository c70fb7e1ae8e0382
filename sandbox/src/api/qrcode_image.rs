//! `/api/qrcode/{code}.jpg`: the picture of a QR code.
//!
//! The picture is a PNG. Its path ends in `.jpg` because the service's does, and clients check that.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use qrcode::{Color, QrCode};

use crate::shared;

/// Pixels per module.
const SCALE: usize = 8;
/// Modules of white around the code; ISO/IEC 18004 asks for 4.
const MARGIN: usize = 4;

pub(super) async fn image(State(shared): State<shared::State>, Path(file): Path<String>) -> Response {
    let code = file.strip_suffix(".jpg").unwrap_or(&file);
    if shared.world().qrcode(code).is_err() {
        return (StatusCode::NOT_FOUND, "no such QR code\n").into_response();
    }
    match png_of(&shared.scan_url(code)) {
        Some(png) => ([(CONTENT_TYPE, "image/png")], png).into_response(),
        None => (StatusCode::INTERNAL_SERVER_ERROR, "the QR code has no picture\n").into_response(),
    }
}

/// A grey-scale PNG of a QR code that holds this text; none if the text is too long for one.
fn png_of(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::new(text).ok()?;
    let modules = code.width();
    let colors = code.to_colors();
    let side = (modules + 2 * MARGIN) * SCALE;
    let mut pixels = vec![u8::MAX; side * side];
    for (place, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let (row, column) = (place / modules + MARGIN, place % modules + MARGIN);
        for y in row * SCALE..(row + 1) * SCALE {
            pixels[y * side + column * SCALE..][..SCALE].fill(0);
        }
    }
    let mut bytes = Vec::new();
    let size = u32::try_from(side).ok()?;
    let mut encoder = png::Encoder::new(&mut bytes, size, size);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
