//! What can be written on the command line (contract §1). Inert data: nothing is read here.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::values::{marked, pair, word, workbook};

const HELP_TEMPLATE: &str = "{about}\n\n用法：huibao <命令> [选项]\n\n命令：\n{subcommands}\n\n选项：\n{options}\n\n每个命令的用法：huibao <命令> --help";
const COMMAND_TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "huibao",
    version,
    about = "汇报：把一年的数据（Excel 或 YAML）变成按 GB/T 9704-2012 排版的正式汇报（PDF 和 DOCX）",
    help_template = HELP_TEMPLATE,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    arg_required_else_help = true
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// 显示帮助
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true)]
    pub help: Option<bool>,
    /// 显示版本号
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    pub version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 生成一份汇报
    Build(BuildArgs),
    /// 给一个表里的每个单位各生成一份
    Batch(BatchArgs),
    /// 按模板生成一张空白填报表
    Form(FormArgs),
    /// 把各单位交来的填报表汇总成一个工作簿
    Collect(CollectArgs),
    /// 检查数据和文字有没有问题，不生成文件
    Check(CheckArgs),
    /// 把新的数填进改过的报告（.docx），手工改的都留着
    Refresh(RefreshArgs),
    /// 生成核对表：报告中的每个数来自哪个单元格
    Trace(TraceArgs),
    /// 从去年的报告和数据学出 Word 模板
    Learn(LearnArgs),
    /// 在浏览器里边填数据边看汇报
    Preview(PreviewArgs),
    /// 在浏览器里办全部的事：填表、看稿、批量、核对
    Desk(DeskArgs),
    /// 看看有哪些模板
    Templates(TemplatesArgs),
    /// 一个编号（如 D060、S-22）是什么意思、怎么办
    #[command(help_template = COMMAND_TEMPLATE)]
    Explain {
        /// 方括号里的编号
        #[arg(value_name = "编号", required_unless_present = "all")]
        code: Option<String>,
        /// 列出全部编号
        #[arg(long)]
        all: bool,
    },
    /// 看看用到的字体，和本机的公文字体
    #[command(help_template = COMMAND_TEMPLATE)]
    Fonts,
    /// 输出命令补全脚本
    #[command(help_template = COMMAND_TEMPLATE)]
    Completions {
        /// 终端：bash、zsh、fish、powershell、elvish
        #[arg(value_name = "终端")]
        shell: Shell,
    },
}

/// What every command that reads data takes.
#[derive(Debug, clap::Args)]
pub struct DataArgs {
    /// 数据文件：.xlsx .xlsm .xlsb .xls .et .ods .csv .yaml；可以给几个，合在一起用
    #[arg(value_name = "数据", required = true)]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
}

/// Which template and year.
#[derive(Debug, clap::Args)]
pub struct ChoiceArgs {
    /// 模板的名称、文件夹或 Word 文件（.docx）；不写就用数据里“模板”一项
    #[arg(short, long, value_name = "模板")]
    pub template: Option<String>,
    /// 报告的年份；不写就用数据里“年份”一项
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i16).range(1900..=2199))]
    pub year: Option<i16>,
    /// 凡是靠猜测读出来的数据都当作错误
    #[arg(long)]
    pub strict: bool,
    /// 临时改一项数据，如 --set 培训场次=36
    #[arg(long, value_name = "名=值", value_parser = pair)]
    pub set: Vec<(String, String)>,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct BuildArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 输出文件夹（默认 out）
    #[arg(short, long, value_name = "文件夹", default_value = "out", hide_default_value = true)]
    pub output: PathBuf,
    /// 格式：pdf、docx，用逗号隔开；不写就按模板
    #[arg(short, long, value_name = "格式", value_delimiter = ',', ignore_case = true, hide_possible_values = true)]
    pub format: Vec<FormatArg>,
    /// 草稿：缺的数据写成〔待填：名〕，并加“草稿”标记
    #[arg(long)]
    pub draft: bool,
    /// 核对稿：每个数带批注，写明来自哪些单元格
    #[arg(long)]
    pub review: bool,
    /// 把数据文件和核对表放进 PDF，随报告走
    #[arg(long)]
    pub attach: bool,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct BatchArgs {
    /// 数据文件：.yaml、.xlsx 等，可以给几个，合在一起用
    #[arg(value_name = "数据", required_unless_present = "merge")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// 表的名称：每条记录生成一份
    #[arg(long, value_name = "表", required_unless_present = "merge")]
    pub by: Option<String>,
    /// 输出文件夹（默认 out）
    #[arg(short, long, value_name = "文件夹", default_value = "out", hide_default_value = true)]
    pub output: PathBuf,
    /// 格式：pdf、docx，用逗号隔开；不写就按模板
    #[arg(short, long, value_name = "格式", value_delimiter = ',', ignore_case = true, hide_possible_values = true)]
    pub format: Vec<FormatArg>,
    /// 文件名的写法，如 "{{ 名称 }}_{{ 年份 }}年简报"；不写就按模板
    #[arg(long, value_name = "写法")]
    pub name: Option<String>,
    /// 同时做几份；不写就和处理器的个数一样
    #[arg(long, value_name = "个数", default_value_t = 0, hide_default_value = true)]
    pub jobs: usize,
    /// 没有变的也重做
    #[arg(long)]
    pub force: bool,
    /// 手工改过的 .docx 不移走：把新的数填进去，手工改的都留着
    #[arg(long)]
    pub refresh_edited: bool,
    /// 有一份失败就停下
    #[arg(long)]
    pub fail_fast: bool,
    /// 草稿：缺的数据写成〔待填：名〕，并加“草稿”标记
    #[arg(long)]
    pub draft: bool,
    /// 只做其中一片：第几片/共几片，如 2/8；auto 从集群的环境变量里取
    #[arg(long, value_name = "片")]
    pub shard: Option<crate::batch::Shard>,
    /// 另外打成一个压缩包
    #[arg(long)]
    pub zip: bool,
    /// 另外把全部报告按表中次序装订成供打印的 PDF，每份从单页起，有书签
    #[arg(long)]
    pub bind: bool,
    /// 进度：auto（终端里显示进度条）、plain（每隔几秒一行）、none
    #[arg(long, value_name = "方式", default_value = "auto", hide_default_value = true, hide_possible_values = true)]
    pub progress: super::progress::ProgressArg,
    /// 把各片的清单合成一个，说明还缺什么；后面写各片的输出文件夹
    #[arg(long, value_name = "文件夹", num_args = 1.., conflicts_with_all = ["data", "by", "shard"])]
    pub merge: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct CheckArgs {
    /// 数据文件：.xlsx .xlsm .xlsb .xls .et .ods .csv .yaml；可以给几个，合在一起用；前面写改过的报告（.docx），就拿报告和数据对
    #[arg(value_name = "数据", required_unless_present = "rules")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// 结果的写法：text（默认）或 json
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub report: ReportArg,
    /// 另存一份标注的副本：.xlsx 是工作簿，有问题的单元格涂色、加批注，末尾一张“问题”表；.docx 是 Word 模板，有问题的地方加批注
    #[arg(long, value_name = "副本", value_parser = marked())]
    pub mark: Option<PathBuf>,
    /// 列出全部规则
    #[arg(long)]
    pub rules: bool,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct RefreshArgs {
    /// 改过的报告（.docx）
    #[arg(value_name = "报告")]
    pub report_file: PathBuf,
    /// 数据文件：.xlsx .xlsm .xlsb .xls .et .ods .csv .yaml；可以给几个，合在一起用
    #[arg(value_name = "数据", required = true)]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// 更新后的文件名；不写就存在原文件旁边，名称加“（更新）”
    #[arg(short, long, value_name = "文件", value_parser = word())]
    pub output: Option<PathBuf>,
    /// 写成修订：在 Word 里逐处看，接受或拒绝
    #[arg(long)]
    pub track: bool,
    /// 结果的写法：text（默认）或 json
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub report: ReportArg,
    /// 格式：docx（默认）、pdf，用逗号隔开；pdf 按改过的文字重新排版
    #[arg(short, long, value_name = "格式", value_delimiter = ',', ignore_case = true, hide_possible_values = true)]
    pub format: Vec<FormatArg>,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct LearnArgs {
    /// 旧报告（.docx，可以给几年的）和它的数据（.xlsx .yaml 等，可以给几个）
    #[arg(value_name = "报告和数据", required = true)]
    pub files: Vec<PathBuf>,
    /// 学出的模板的文件名
    #[arg(short, long, value_name = "模板", default_value = "模板.docx", hide_default_value = true, value_parser = word())]
    pub output: PathBuf,
    /// 旧报告的年份；不写就按报告里说的
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i16).range(1900..=2199))]
    pub year: Option<i16>,
    /// 上一次学出、在批注里选好了的模板
    #[arg(long, value_name = "模板")]
    pub again: Option<PathBuf>,
    /// 结果的写法：text（默认）或 json
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub report: ReportArg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportArg {
    Text,
    Json,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct TraceArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 核对表的文件名
    #[arg(short, long, value_name = "文件", default_value = "核对表.xlsx", hide_default_value = true, value_parser = workbook())]
    pub output: PathBuf,
    /// 草稿：缺的数据写成〔待填：名〕
    #[arg(long)]
    pub draft: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    Pdf,
    Docx,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct FormArgs {
    /// 模板的名称、文件夹或 Word 文件（.docx）
    #[arg(short, long, value_name = "模板")]
    pub template: String,
    /// 填报表的文件名
    #[arg(short, long, value_name = "文件", default_value = "填报表.xlsx", hide_default_value = true, value_parser = workbook())]
    pub output: PathBuf,
    /// 填报的年份；不写就是往年数据的下一年
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i16).range(1900..=2199))]
    pub year: Option<i16>,
    /// 往年的数据文件，先填进表里
    #[arg(long, value_name = "数据")]
    pub from: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct CollectArgs {
    /// 放着各单位填报表的文件夹
    #[arg(value_name = "文件夹")]
    pub dir: PathBuf,
    /// 模板的名称、文件夹或 Word 文件（.docx）
    #[arg(short, long, value_name = "模板")]
    pub template: String,
    /// 单位名单：一张有单位名称的表，或上年的数据；不写就不知道缺哪些单位
    #[arg(long, value_name = "文件")]
    pub units: Option<PathBuf>,
    /// 汇总的年份；不写就是多数表的年份
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i16).range(1900..=2199))]
    pub year: Option<i16>,
    /// 汇总表的文件名
    #[arg(short, long, value_name = "文件", default_value = "汇总.xlsx", hide_default_value = true, value_parser = workbook())]
    pub output: PathBuf,
    /// 结果的写法：text（默认）或 json
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub report: ReportArg,
    /// 不结束，有新表交来就重新汇总
    #[arg(long)]
    pub watch: bool,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct TemplatesArgs {
    #[command(subcommand)]
    pub action: Option<TemplatesAction>,
}

#[derive(Debug, Subcommand)]
pub enum TemplatesAction {
    /// 列出全部模板
    #[command(help_template = COMMAND_TEMPLATE)]
    List,
    /// 一个模板要填哪些数据
    #[command(help_template = COMMAND_TEMPLATE)]
    Show {
        /// 模板的名称、文件夹或 Word 文件（.docx）
        #[arg(value_name = "模板")]
        name: String,
        /// 输出 JSON Schema，供编辑器检查 YAML 数据
        #[arg(long)]
        schema: bool,
    },
    /// 复制一个模板，用来改成自己的
    #[command(help_template = COMMAND_TEMPLATE)]
    Copy {
        /// 模板的名称、文件夹或 Word 文件（.docx）
        #[arg(value_name = "模板")]
        name: String,
        /// 新文件夹
        #[arg(value_name = "文件夹")]
        dir: PathBuf,
        /// 模板是 Word 文件时，从这些数据里取字段的类型和单位
        #[arg(value_name = "数据")]
        data: Vec<PathBuf>,
    },
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct PreviewArgs {
    /// 数据文件；不写就打开空白页，把文件拖进去
    #[arg(value_name = "数据")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// 端口；0 由系统给一个空闲的
    #[arg(long, value_name = "端口")]
    pub port: Option<u16>,
    /// 不自动打开浏览器
    #[arg(long)]
    pub no_open: bool,
    /// 在哪个地址上提供预览；本机以外的要同时写 --allow-remote
    #[arg(long, value_name = "IP地址", default_value = "127.0.0.1", hide_default_value = true)]
    pub host: std::net::IpAddr,
    /// 允许别的电脑打开预览（传送不加密）
    #[arg(long)]
    pub allow_remote: bool,
}

#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_TEMPLATE)]
pub struct DeskArgs {
    /// 放着数据的文件夹；不写就是当前文件夹
    #[arg(value_name = "文件夹", default_value = ".", hide_default_value = true)]
    pub dir: PathBuf,
    /// 端口；0 由系统给一个空闲的
    #[arg(long, value_name = "端口")]
    pub port: Option<u16>,
    /// 不自动打开浏览器
    #[arg(long)]
    pub no_open: bool,
}
