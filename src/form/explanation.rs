//! 填表说明, which the reader leaves alone.

use rust_xlsxwriter::Worksheet;

use super::looks::{Plan, Styles};
use super::request::{FormError, FormRequest};
use super::validation::explained;
use crate::dataset::schema::Schema;

/// Writes the sheet.
pub fn write(
    sheet: &mut Worksheet,
    schema: &Schema,
    request: &FormRequest<'_>,
    styles: &Styles,
) -> Result<(), FormError> {
    sheet.set_name("填表说明")?;
    let title =
        request.year.map_or(format!("{}填报表", request.title), |y| format!("{}填报表（{y}年）", request.title));
    let mut lines = vec![
        title,
        String::new(),
        "一、黄色的项必须填，其余的没有可以不填。".to_string(),
        "二、确实没有的填“—”，是零的填 0，还不知道的空着；三者意思不同。".to_string(),
        "三、数只填数字，单位已经写在表头或“单位”列里。".to_string(),
        "四、不要改表名、列名和指标名；行可以增加，也可以加一行“合计”，会与各行相加的数核对。".to_string(),
        "五、各表第一行的列名上有批注，写着含义和示例。".to_string(),
        "六、有“年份”列的表，本年和上年各填各的行，上年的行（灰色）供对比；不够可以在下面加行，写上年份。".to_string(),
        "七、填好后保存，交给“汇报”程序生成；本表不会被读取。".to_string(),
        String::new(),
    ];
    for table in &schema.tables {
        let meaning = table.meaning.as_ref().map(|m| format!("：{m}")).unwrap_or_default();
        lines.push(format!("表“{}”{meaning}", table.name));
        lines.extend(table.columns.iter().map(|c| format!("　{}：{}", c.name, explained(c).replace('\n', "；"))));
    }
    let mut plan = Plan::new(vec![80.0]);
    for (row, line) in lines.iter().enumerate() {
        plan.holds(row as u32, 0, line);
        sheet.write_with_format(row as u32, 0, line, &styles.plain)?;
    }
    plan.apply(sheet, None)
}
