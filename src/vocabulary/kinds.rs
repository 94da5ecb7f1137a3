//! Kinds of document (版式): what `版式` calls them, and which one the words of an office belong to.

/// Which elements of an official document the report has, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum LayoutKind {
    /// 汇报 (R-1…R-8): no 版头, no 版记.
    #[default]
    Report,
    /// 简报 (R-9…R-15).
    Briefing,
    /// 公文 (cl. 7.2–7.5).
    Official,
    /// 信函 (10.1).
    Letter,
    /// 命令（令） (10.2).
    Order,
    /// 纪要 (10.3).
    Minutes,
}

impl LayoutKind {
    /// In the order in which messages offer them.
    pub const ALL: [LayoutKind; 6] = [
        LayoutKind::Report,
        LayoutKind::Briefing,
        LayoutKind::Official,
        LayoutKind::Letter,
        LayoutKind::Order,
        LayoutKind::Minutes,
    ];

    /// What `版式` in template.yaml calls it.
    pub fn label(self) -> &'static str {
        match self {
            LayoutKind::Report => "汇报",
            LayoutKind::Briefing => "简报",
            LayoutKind::Official => "公文",
            LayoutKind::Letter => "信函",
            LayoutKind::Order => "命令",
            LayoutKind::Minutes => "纪要",
        }
    }

    /// The kind that `版式` names, by its label or by the standard's name of the form.
    pub fn named(word: &str) -> Option<LayoutKind> {
        let word = word.replace('(', "（").replace(')', "）");
        let word = word.strip_suffix("格式").unwrap_or(&word);
        let order = matches!(word, "令" | "命令（令）").then_some(LayoutKind::Order);
        order.or_else(|| LayoutKind::ALL.into_iter().find(|kind| kind.label() == word))
    }

    /// The kind in which a 文种 (条例 art. 8) or a document of an office's own is set.
    pub fn of_genre(word: &str) -> Option<LayoutKind> {
        let ends = |words: &[&str]| words.iter().any(|known| word.ends_with(known));
        // 会议纪要, 情况通报, 工作总结: the last word says what it is.
        Some(match () {
            () if ends(&["纪要"]) => LayoutKind::Minutes,
            () if ends(&["命令", "令"]) => LayoutKind::Order,
            () if ends(&["函", "信函", "便函"]) => LayoutKind::Letter,
            () if ends(&["简报", "专报", "动态", "快报", "信息"]) => LayoutKind::Briefing,
            () if ends(&["汇报", "总结", "材料", "要点", "计划"]) => LayoutKind::Report,
            () if ends(&[
                "决议", "决定", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "文件",
                "红头",
            ]) =>
            {
                LayoutKind::Official
            }
            () => return None,
        })
    }

    /// Documents that carry a 发文字号 (7.2.5, 10.1).
    pub fn has_document_number(self) -> bool {
        matches!(self, LayoutKind::Official | LayoutKind::Letter)
    }

    /// Whether it has a head of its own above the title, with a red mark.
    pub fn has_mark(self) -> bool {
        self != LayoutKind::Report
    }

    /// Unit and date stand in its head (R-11, 10.3) and not at its end.
    pub fn dated_above(self) -> bool {
        matches!(self, LayoutKind::Briefing | LayoutKind::Minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_to_their_kind() {
        assert_eq!(LayoutKind::named("命令(令)格式"), Some(LayoutKind::Order));
        assert_eq!(LayoutKind::named("信函"), Some(LayoutKind::Letter));
        assert_eq!(LayoutKind::named("函"), None);
        for (word, kind) in [
            ("函", LayoutKind::Letter),
            ("会议纪要", LayoutKind::Minutes),
            ("通知", LayoutKind::Official),
            ("工作总结", LayoutKind::Report),
            ("专报", LayoutKind::Briefing),
            ("嘉奖令", LayoutKind::Order),
        ] {
            assert_eq!(LayoutKind::of_genre(word), Some(kind), "{word}");
        }
        assert_eq!(LayoutKind::of_genre("图表"), None);
    }
}
