//! 报告信息: every name of a key leads to it, what no page shows is told, and nothing that belongs
//! to the kind of document prints blank.

use huibao::document::{Inlines, plain_text};

use super::clerk_cases::Desk;

const TEXT: &str = "# 情况\n\n有关事项如下。\n";

fn desk(kind: &str, information: &str) -> Desk {
    let data = format!("年份: 2026\n报告:\n{information}");
    Desk::new(&format!("版式: {kind}\n"), TEXT, "数据.yaml", data.as_bytes())
}

fn text(inlines: &Option<Inlines>) -> String {
    inlines.as_ref().map(|inlines| plain_text(inlines)).unwrap_or_default()
}

fn all(lines: &[Inlines]) -> String {
    lines.iter().map(|line| plain_text(line)).collect::<Vec<_>>().join("|")
}

const OFFICE: &str = "  发文机关: 青岚县交通运输局\n  单位: 青岚县交通运输局\n  成文日期: 2026-08-01\n";

#[test]
fn the_words_of_the_standard_are_taken() {
    let desk = desk(
        "公文",
        "  发文机关: 青岚县交通运输局\n  文号: 青交〔2026〕5号\n  密级和保密期限: 秘密★1年\n  缓急: 特急\n  签发: 张某\n  \
         主送: [各乡镇人民政府, 县直各单位]\n  署名: 青岚县交通运输局\n  日期: 2026-08-01\n  抄送单位: 县财政局\n  \
         发文机关标志: 青岚县交通运输局文件\n  联系人: 值班室\n  电话: 000-00000000\n",
    );
    let document = desk.document().unwrap();
    let head = &document.masthead;
    assert_eq!(all(&head.issuer_mark), "青岚县交通运输局");
    assert_eq!(text(&head.issuer_mark_suffix), "文件");
    assert_eq!(text(&head.doc_number), "青交〔2026〕5号");
    assert_eq!(text(&head.secrecy), "秘密★1年");
    assert_eq!(text(&head.urgency), "特急");
    assert_eq!(all(&head.signers), "张某");
    assert_eq!(text(&document.front.addressee), "各乡镇人民政府，县直各单位：");
    assert_eq!(all(&document.signature.units), "青岚县交通运输局");
    assert_eq!(text(&document.signature.date), "2026年8月1日");
    assert_eq!(text(&document.signature.remark), "（联系人：值班室，联系电话：000-00000000）");
    assert_eq!(text(&document.colophon.unwrap().cc), "县财政局");
}

#[test]
fn a_name_may_mean_another_key_in_another_kind() {
    let report =
        desk("汇报", "  名称: 关于治水工作的汇报\n  发文机关: 云溪镇\n  日期: 2026-12-05\n").document().unwrap();
    assert_eq!(&*report.meta.title, "关于治水工作的汇报");
    assert_eq!(plain_text(&report.signature.units[0]), "云溪镇");
    assert_eq!(text(&report.signature.date), "2026年12月5日");
    let briefing = "  简报名称: 治水简报\n  日期: 2026-12-05\n  主办单位: 治水办\n  抄送: 各镇\n  编号: 7\n";
    let briefing = desk("简报", briefing).document().unwrap();
    let (head, foot) = (&briefing.masthead, briefing.colophon.as_ref().unwrap());
    assert_eq!([text(&head.date), text(&head.issuer), text(&head.doc_number)], ["2026年12月5日", "治水办", "第7期"]);
    assert_eq!(text(&foot.send_to), "各镇");
    // What the template reads by that name stays where it is.
    let body = "# 情况\n\n{{ 报告.日期 | 年月日 }}巡查。\n";
    let own = Desk::new("", body, "数据.yaml", "年份: 2026\n报告: {日期: 2026-03-01}\n".as_bytes());
    assert!(own.printed().contains("2026年3月1日巡查。") && own.document().unwrap().signature.date.is_none());
}

#[test]
fn numbers_print_with_the_words_around_them() {
    for (typed, printed) in [("50", "共印50份"), ("50份", "共印50份"), ("共印50份", "共印50份"), ("约50", "约50")]
    {
        let data = format!("  简报名称: 治水简报\n  期号: 第8期\n  日期: 2026-12-05\n  印数: {typed}\n");
        let document = desk("简报", &data).document().unwrap();
        let copies = document.colophon.unwrap().copies.unwrap();
        assert_eq!(plain_text(&copies), printed);
    }
}

#[test]
fn a_name_in_no_table_is_told_with_the_nearest() {
    let desk =
        desk("公文", &format!("{OFFICE}  备注: 急用\n  编号: \"000012\"\n  气温: 12\n  填报人: 值班室\n  印数: 50\n"));
    let name = desk.dir.path().file_name().unwrap().to_string_lossy().into_owned();
    let told = desk.check().replace(&name, "例");
    insta::assert_snapshot!("unknown_information", told);
}

#[test]
fn a_mark_that_would_print_blank_is_an_error_and_shows_in_a_draft() {
    let told = desk("简报", "  期号: 第8期\n  单位: 治水办\n  日期: 2026-12-05\n").document().unwrap_err();
    assert!(told.contains("错误[D068]") && told.contains("加一行“简报名称”"), "{told}");
    let blank = "  发文机关:\n  单位: 青岚县交通运输局\n  成文日期: 2026-08-01\n";
    let told = desk("公文", blank).document().unwrap_err();
    assert!(told.contains("数据.yaml:3:") && told.contains("版头上的红色标志"), "{told}");
    let draft = desk("公文", blank).draft().document().unwrap();
    assert_eq!(plain_text(&draft.masthead.issuer_mark[0]), "〔待填：报告.发文机关〕");
    // The mark is no signature.
    let told = desk("公文", "  发文机关: 青岚县交通运输局\n  成文日期: 2026-08-01\n").check();
    assert!(told.contains("警告[T052]") && told.contains("另加一行“单位”"), "{told}");
}

#[test]
fn numbers_of_other_forms_are_named() {
    let told = desk("公文", &format!("{OFFICE}  发文字号: 第12号\n")).document().unwrap_err();
    assert!(told.contains("T050") && told.contains("命令（令）") && told.contains("纪要"), "{told}");
}
