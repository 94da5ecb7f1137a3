//! Codes of collecting returned forms (G).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// Two returns of one unit differ.
    G001 Error "一个单位交了两份，内容不一样"
        "同一个单位的两份表里，同一个数不一样，不知道哪一份对，汇总表里空着。"
        "“云溪镇”交了两份，“培训场次”不一样：云溪镇.xlsx 乡镇!C4 是“36”，云溪镇(1).xlsx 乡镇!C4 是“38”；汇总表里空着"
        "问清哪一份对，把另一份从文件夹里移走，再汇总一次。";
    /// Two returns of one unit are the same.
    G002 Notice "一个单位交了两份，内容一样"
        "同一个单位的两份表内容一样，用了其中一份。"
        "“云溪镇”交了两份，内容一样，用了“云溪镇.xlsx”"
        "不用处理；把多的一份从文件夹里移走最清楚。";
    /// A unit is not in the list.
    G003 Warning "不在单位名单里"
        "表里的单位，单位名单里没有。"
        "“云西镇”不在单位名单里"
        "检查单位的写法；确实要报的，加进名单。";
    /// A unit is written otherwise than in the list.
    G004 Warning "单位的写法与名单不同"
        "单位的名称与名单里的写法不同，但只能是那一个，按名单的写法汇总。"
        "单位写的是“云溪”，名单里是“云溪镇”，按“云溪镇”汇总"
        "把单位改成与名单一致。";
    /// The form of another template.
    G006 Error "不是这次发的表"
        "交来的是别的模板的表，或者表里没有这次要的内容，没有汇总。"
        "这是“工作报告”的填报表，这次汇总的是“代表联络站建设情况简报”"
        "请填报单位换用这次发的表。";
    /// The form of another year.
    G007 Error "不是这一年的表"
        "表里写的年份与这次汇总的年份不同，没有汇总。"
        "这是2025年的表，这次汇总2026年的"
        "请填报单位填这一年的表；只是年份写错了的，改正年份。";
    /// A blank form.
    G008 Error "交来的是空白表"
        "表里一项也没有填，没有汇总。"
        "表是空的，一项也没有填"
        "请填报单位填好再交；交错了空白表的，换成填好的那一份。";
    /// A file that is no workbook, or cannot be reached.
    G009 Warning "没有读的文件"
        "文件夹里有不是电子表格的文件、链接，或者套得太深的文件夹，没有读。"
        "是图片，不是电子表格，没有读"
        "请填报单位交电子表格；与填报无关的文件，移出这个文件夹。";
    /// A file that nobody means as a form.
    G010 Notice "略过的文件"
        "隐藏的文件、临时文件和以前的汇总表，没有读。"
        "是软件打开文件时留下的临时文件，没有读"
        "不用处理；正打开着的表，存好关掉再汇总。";
    /// A figure of the whole differs between forms.
    G011 Warning "全局的数各表不一样"
        "全局共用的一个数，各表填的不一样，汇总表里空着。"
        "“代表总数”各表填的不一样：云溪镇.xlsx 指标!C3 是“420”，这里是“402”；汇总表里空着"
        "这是全局的数，由汇总的单位在“指标”表里填。";
    /// The folder cannot be read, or holds no form.
    G013 Error exits Io "没有可汇总的表"
        "文件夹读不了，或者里面没有一份填报表。"
        "“上报”里没有填报表"
        "检查文件夹的名称和读取权限，把交来的表放进去。";
    /// The list of units names none.
    G014 Error "名单里没有单位"
        "--units 给出的文件里没有找到单位的名称。"
        "“名单.xlsx”里没有找到单位的名称"
        "名单是一张表，有一列“名称”或“单位”，一行一个单位。";
    /// A sheet was found by its columns.
    G015 Warning "按列认出的工作表"
        "工作表的名称与模板不同，但列相同，按模板的表读取。"
        "没有“乡镇”表，“Sheet1”的列相同，按“乡镇”读取"
        "不用处理；把工作表改名最清楚。";
    /// A form does not say whose it is.
    G016 Warning "没有写明是哪个单位"
        "表里没有写单位，按文件名认定。"
        "表里没有写单位，按文件名“云溪镇”汇总"
        "在“报告信息”里填上单位。";
    /// The collected workbook cannot be made.
    G017 Error "汇总表写不成"
        "数据太多，或者内容放不进工作簿。"
        "汇总表写不成"
        "减少表的数量，分成几次汇总。";
    /// A table is not in the template.
    G018 Notice "模板里没有的表"
        "填报单位加的表不在模板里，没有汇总。"
        "“备用”表不在模板里，没有汇总"
        "要汇总的，在模板的“表”里写明。";
    /// Marked copies of earlier runs.
    G019 Notice "不再需要的标注副本"
        "上次标注的副本，这次不再需要：表已经改好，或者移走了。没有人动过的删去，动过的留着。"
        "上次标注的“退回/云溪镇.xlsx”不再需要，删去了"
        "不用处理；动过的副本，改好了数的移到各单位交来的文件夹里，换下原来的那一份。";
}
