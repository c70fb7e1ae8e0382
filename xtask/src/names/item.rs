//! One public name of one language.

/// `owner` is empty for a free function. Without a member, the item is the type itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) owner: String,
    pub(crate) member: Option<String>,
    /// As it is written in its language.
    pub(crate) shown: String,
}

impl Item {
    pub(crate) fn owner(name: &str, shown: &str) -> Item {
        Item { owner: name.to_owned(), member: None, shown: shown.to_owned() }
    }

    pub(crate) fn member(owner: &str, name: &str, shown: &str) -> Item {
        Item { owner: owner.to_owned(), member: Some(name.to_owned()), shown: shown.to_owned() }
    }
}

/// `messageContentId`, `ContentType`, `CURRENT_2022` → `message_content_id`, `content_type`, `current_2022`.
pub(crate) fn snake(name: &str) -> String {
    if !name.chars().any(char::is_lowercase) {
        return name.to_lowercase();
    }
    let mut snake = String::new();
    for char in name.chars() {
        if char.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(char.to_lowercase());
    }
    snake.replace("wx_pusher", "wxpusher")
}

/// `message_content_id` → `messageContentId`.
pub(crate) fn camel(name: &str) -> String {
    let mut camel = String::new();
    let mut is_start = false;
    for char in name.chars() {
        match char {
            '_' => is_start = true,
            char if is_start => {
                camel.extend(char.to_uppercase());
                is_start = false;
            }
            char => camel.push(char),
        }
    }
    camel
}
