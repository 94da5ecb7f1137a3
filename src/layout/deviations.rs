//! Each change of the standard that a profile makes, with its clause and the key that asks for it.

use super::profile::{Look, Profile};
use super::standard::Face;
use super::terms::{NumberForm, size_name};
use crate::diagnostic::{Code, Diagnostic, codes};

impl Profile {
    /// Each change from the standard, with its clause, and the key that asks for it.
    pub fn deviations(&self) -> Vec<(&'static str, Diagnostic)> {
        let standard = Profile::default();
        let mut found = Vec::new();
        let mut differ = |differs: bool, key: &'static str, code: Code, message: String| {
            if differs {
                found.push((key, Diagnostic::new(code, message)));
            }
        };
        let pitch = self.pitch;
        let (key, lines) = match self.asked.pitch {
            Some(_) => ("行距", String::new()),
            None => ("每面行数", format!("每面{}行，", self.grid.lines)),
        };
        differ(
            (pitch - standard.pitch).abs() > 0.05 || self.grid.lines != standard.grid.lines,
            key,
            codes::L030,
            format!("{lines}行距为{pitch:.2}磅，标准每面22行、行距约28.99磅（GB/T 9704—2012 5.2.3）"),
        );
        differ(
            self.number_centred,
            "页码",
            codes::L031,
            "页码居中，标准为单页居右、双页居左（GB/T 9704—2012 7.5）".into(),
        );
        let mirrored = "双页订口在右侧，标准为左白边28毫米（GB/T 9704—2012 5.2.1）";
        differ(self.mirrored, "页边距对称", codes::L032, mirrored.into());
        let strong = "第三层标题用黑体，标准为仿宋体（GB/T 9704—2012 7.3.3）";
        differ(self.level_3_strong, "三级标题加重", codes::L033, strong.into());
        self.page(&mut differ);
        self.types(&mut differ);
        for (face, family) in self.faces.strangers() {
            let (class, clause) = (face.class(), face.clause());
            let message = format!("{class}用“{family}”，它不是{class}（GB/T 9704—2012 {clause}）");
            differ(true, class, codes::L035, message);
        }
        found
    }

    /// Margins, characters of a line, the form of the page number.
    fn page(&self, differ: &mut impl FnMut(bool, &'static str, Code, String)) {
        let (own, standard) = (&self.grid, Profile::default().grid);
        for (key, name, own, standard) in [
            ("上边距", "天头（上边距）", own.top, standard.top),
            ("下边距", "地脚（下边距）", own.bottom, standard.bottom),
            ("左边距", "订口（左边距）", own.left, standard.left),
            ("右边距", "切口（右边距）", own.right, standard.right),
        ] {
            let said = format!("{name}为{own}毫米，标准为{standard}毫米（GB/T 9704—2012 5.2.1）");
            differ((own - standard).abs() > 0.05, key, codes::L037, said);
        }
        let said = format!("每行{}字，标准为28字（GB/T 9704—2012 5.2.3）", own.cells);
        let key = if self.asked.cells.is_some() { "每行字数" } else { "正文字号" };
        differ(own.cells != standard.cells, key, codes::L038, said);
        let said = format!("页码写成“{}”，标准为“— 1 —”（GB/T 9704—2012 7.5）", self.number_form.shown());
        differ(self.number_form != NumberForm::Dashes, "页码样式", codes::L047, said);
        let said = "首页没有页码，标准只有信函首页不显示（GB/T 9704—2012 7.5、10.1）";
        differ(!self.number_first, "首页页码", codes::L048, said.into());
    }

    /// Sizes, faces and weights of body, title and headings.
    fn types(&self, differ: &mut impl FnMut(bool, &'static str, Code, String)) {
        let standard = Profile::default();
        let mut sized = |what: &str, key, own: f64, usual: f64, clause: &str| {
            let said = format!("{what}为{}，标准为{}（GB/T 9704—2012 {clause}）", size_name(own), size_name(usual));
            differ(own != usual, key, codes::L039, said);
        };
        sized("正文", "正文字号", self.grid.size, standard.grid.size, "5.2.2");
        sized("标题", "标题字号", self.grid.title, standard.grid.title, "7.3.1");
        let keys = [
            ("第一层标题", "一级标题字号", "一级标题字体", "一级标题加粗"),
            ("第二层标题", "二级标题字号", "二级标题字体", "二级标题加粗"),
            ("第三层标题", "三级标题字号", "三级标题字体", "三级标题加粗"),
            ("第四层标题", "四级标题字号", "四级标题字体", "四级标题加粗"),
        ];
        let looks: Vec<(_, Look, Look)> =
            (1..=4).zip(keys).map(|(level, keys)| (keys, self.heading(level), standard.heading(level))).collect();
        for ((what, key, ..), own, _) in &looks {
            // The body's own size is told once.
            if own.size != self.grid.size {
                sized(what, key, own.size, standard.grid.size, "7.3.3");
            }
        }
        let mut faced = |what: &str, key, own: Face, usual: Face, clause: &str| {
            let said = format!("{what}用{}，标准为{}（GB/T 9704—2012 {clause}）", own.class(), usual.class());
            differ(own != usual, key, codes::L045, said);
        };
        faced("正文", "正文字体", self.faces.body.unwrap_or(Face::FangSong), Face::FangSong, "5.2.2");
        faced("标题", "标题字体", self.title_face, standard.title_face, "7.3.1");
        for (i, ((what, _, key, _), own, usual)) in looks.iter().enumerate() {
            // 三级标题加重 is told by itself.
            if !(i == 2 && self.level_3_strong && self.headings[2].face.is_none()) {
                faced(what, key, own.face, usual.face, "7.3.3");
            }
        }
        for ((what, _, _, key), own, _) in looks {
            differ(own.bold, key, codes::L046, format!("{what}加粗，标准不加粗（GB/T 9704—2012 7.3.3）"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_named() {
        let mut profile = Profile::default();
        assert!(profile.deviations().is_empty());
        profile.set("行距", "28磅").unwrap();
        profile.set("页码", "居中").unwrap();
        assert_eq!(profile.deviations().iter().map(|(_, d)| d.code).collect::<Vec<_>>(), [codes::L030, codes::L031]);
    }

    #[test]
    fn each_change_has_its_clause_and_its_key() {
        for (key, value, code, clause) in [
            ("上边距", "30毫米", codes::L037, "5.2.1"),
            ("每面行数", "24", codes::L030, "5.2.3"),
            ("每行字数", "27", codes::L038, "5.2.3"),
            ("正文字号", "小三", codes::L039, "5.2.2"),
            ("标题字号", "小二", codes::L039, "7.3.1"),
            ("二级标题字号", "小二", codes::L039, "7.3.3"),
            ("正文字体", "宋体", codes::L045, "5.2.2"),
            ("标题字体", "黑体", codes::L045, "7.3.1"),
            ("一级标题字体", "楷体", codes::L045, "7.3.3"),
            ("四级标题加粗", "是", codes::L046, "7.3.3"),
            ("页码样式", "-1-", codes::L047, "7.5"),
            ("首页页码", "否", codes::L048, "7.5"),
        ] {
            let mut profile = Profile::default();
            profile.set(key, value).unwrap();
            let found = profile.deviations();
            let own = found.iter().find(|(asked, found)| *asked == key && found.code == code);
            assert!(own.is_some_and(|(_, found)| found.message.contains(clause)), "{key}: {found:?}");
        }
        // The standard's own values are no deviations.
        let mut profile = Profile::default();
        for (key, value) in
            [("上边距", "37"), ("每行字数", "28"), ("标题字号", "2号"), ("一级标题字体", "黑体"), ("首页页码", "是")]
        {
            profile.set(key, value).unwrap();
        }
        assert!(profile.deviations().is_empty());
    }

    #[test]
    fn faces_are_named_by_class() {
        let mut profile = Profile::default();
        profile.set("字体", "本机").unwrap();
        profile.set("小标宋体", "方正小标宋_GBK").unwrap();
        assert!(profile.faces.installed && profile.deviations().is_empty());
        profile.set("黑体", "微软雅黑").unwrap();
        let found = profile.deviations();
        assert_eq!((found[0].0, found[0].1.code), ("黑体", codes::L035));
        assert!(found[0].1.message.contains("7.3.3"));
    }
}
