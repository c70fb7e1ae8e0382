//! `wxpusher_send_text` for Windows programs that have UTF-16 texts. cbindgen does not know its calling convention: the declaration
//! is in `tests/header.rs`.

use crate::fallible::status_with_utf16_text;
use crate::pointer::utf16;
use crate::send::send_text;

/// Sends plain text to one user, like `wxpusher_send_text`, with UTF-16 texts that end at the first NUL. `size` is the number of
/// 16-bit units of `buffer`. The calling convention is `stdcall` in 32-bit programs.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn wxpusher_send_text_utf16(
    app_token: *const u16,
    uid: *const u16,
    content: *const u16,
    buffer: *mut u16,
    size: usize,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for all texts and for `buffer`.
    unsafe {
        status_with_utf16_text(buffer, size, || {
            let (app_token, uid) = (utf16(app_token, "app_token")?, utf16(uid, "uid")?);
            send_text(&app_token, &uid, &utf16(content, "content")?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls the function with a content, and returns its status and the text in a buffer of `N` units.
    fn send<const N: usize>(content: &[u16]) -> (i32, String) {
        let ascii = |text: &str| text.encode_utf16().chain([0]).collect::<Vec<_>>();
        let (token, uid) = (ascii("AT_test"), ascii("UID_test"));
        let mut buffer = [0xffff_u16; N];
        // SAFETY: all texts end in NUL, and the buffer has `N` units.
        let status =
            unsafe { wxpusher_send_text_utf16(token.as_ptr(), uid.as_ptr(), content.as_ptr(), buffer.as_mut_ptr(), N) };
        let len = buffer.iter().position(|&unit| unit == 0).expect("the text is terminated");
        (status, String::from_utf16(&buffer[..len]).expect("the text is UTF-16"))
    }

    #[test]
    fn refuses_text_that_is_not_utf16() {
        let expected = "invalid argument `content`: must be UTF-16".to_owned();
        assert_eq!(send::<64>(&[0xd800, 0]), (1, expected));
    }

    #[test]
    fn cuts_the_text_to_the_buffer() {
        assert_eq!(send::<8>(&[0xd800, 0]), (1, "invalid".to_owned()));
        assert_eq!(send::<1>(&[0xd800, 0]), (1, String::new()));
    }

    #[test]
    fn refuses_an_empty_content() {
        assert_eq!(send::<256>(&[0]).0, 1);
    }
}
