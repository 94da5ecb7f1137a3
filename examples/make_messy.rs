//! Writes `samples/messy/messy.xlsx`: a workbook as clerks really hand them in, with all that
//! the reader forgives. The bytes are the same on any day.
//!
//! `cargo run --release --example make_messy [FILE]`

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

fn main() -> Result<(), XlsxError> {
    let target = std::env::args().nth(1).unwrap_or("samples/messy/messy.xlsx".into());
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 12, 1)?;
    book.set_properties(&DocProperties::new().set_author("办公室").set_creation_datetime(&made));
    report(book.add_worksheet())?;
    fields(book.add_worksheet())?;
    townships(book.add_worksheet())?;
    villages(book.add_worksheet())?;
    let draft = book.add_worksheet();
    draft.set_name("_草稿")?.write(0, 0, "这一张不读")?;
    book.save(target)
}

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in cells.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
        sheet.write_string(row, column as u16, *text)?;
    }
    Ok(())
}

fn report(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("报告信息")?;
    texts(sheet, 0, &["项目", "内容", "说明"])?;
    texts(sheet, 1, &["标　题", "关于青河区联络站建设情况的汇报", "全角空格在名里"])?;
    texts(sheet, 2, &["单位", " 青河区人大常委会　"])?;
    texts(sheet, 3, &["成文日期"])?;
    let date = ExcelDateTime::from_ymd(2026, 12, 5)?;
    sheet.write_with_format(3, 1, &date, &Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""))?;
    texts(sheet, 4, &["年份", "2026年度"])
}

fn fields(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("指标")?;
    sheet.merge_range(0, 0, 0, 4, "2026年主要指标", &Format::new().set_align(FormatAlign::Center))?;
    texts(sheet, 1, &["序号", "指标", "单位", "2026年", "2025年度"])?;
    let rows = [("培训场次", "场", "３６", "32"), ("接待群众", "人次", "1,280", "1 150"), ("线上站点", "个", "—", "")];
    for (i, (name, unit, new, old)) in rows.iter().enumerate() {
        let row = i as u32 + 2;
        sheet.write(row, 0, row - 1)?;
        texts(sheet, row, &["", name, unit, new, old])?;
    }
    texts(sheet, 5, &["", "办结率", ""])?;
    let percent = Format::new().set_num_format("0.0%");
    sheet.write_with_format(5, 3, 0.783, &percent)?;
    sheet.write_with_format(5, 4, 0.751, &percent)?;
    texts(sheet, 7, &["注：数据截至11月底"])
}

fn townships(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("乡镇")?;
    let head = Format::new().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    sheet.merge_range(0, 0, 0, 5, "青河区各镇（街道）统计表", &head)?;
    texts(sheet, 1, &["填报单位：区人大办", "", "", "", "", "单位：万元"])?;
    sheet.merge_range(2, 0, 3, 0, "名　称", &head)?;
    sheet.merge_range(2, 1, 2, 2, "培训", &head)?;
    sheet.merge_range(2, 3, 3, 3, "经费", &head)?;
    sheet.merge_range(2, 4, 3, 4, "代码", &head)?;
    sheet.merge_range(2, 5, 3, 5, "建成\n日期", &head)?;
    texts(sheet, 3, &["", "场次（场）", "人次（人次）"])?;
    texts(sheet, 4, &["云溪镇", "12", "450", "31.86万元", "000001", "2026.9.30"])?;
    texts(sheet, 5, &["石桥镇", "14", "", "28.5", "000002", "2026年10月15日"])?;
    sheet.write(5, 2, 480)?;
    texts(sheet, 7, &["柳湾镇", "10", "350", "", "", "2026-11-01"])?;
    sheet.write_with_format(7, 3, 20.0, &Format::new().set_num_format("0.00"))?;
    sheet.write_with_format(7, 4, 3, &Format::new().set_num_format("000000"))?;
    texts(sheet, 8, &["合　计", "36", "1280", "80.36"])?;
    sheet.set_row_hidden(5)?;
    texts(sheet, 10, &["填表人：办公室", "", "审核人：办公室主任"])
}

fn villages(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("村站")?;
    texts(sheet, 0, &["镇", "村", "面积（㎡）"])?;
    texts(sheet, 1, &["", "上村", "60"])?;
    texts(sheet, 2, &["", "下村", "45.5"])?;
    sheet.merge_range(1, 0, 2, 0, "云溪镇", &Format::new())?;
    texts(sheet, 3, &["石桥镇", "东村", "无"])?;
    sheet.set_hidden(true);
    Ok(())
}
