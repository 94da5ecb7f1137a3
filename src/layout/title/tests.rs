use super::*;

fn lines(title: &str) -> Vec<String> {
    let lines = plan(title, capacity(&Grid::default()));
    assert_eq!(lines.concat(), title.replace('\n', ""));
    lines
}

#[test]
fn short_titles_stay_on_one_line() {
    assert_eq!(lines("基层统计工作情况汇报"), ["基层统计工作情况汇报"]);
}

#[test]
fn long_titles_are_broken_by_sense() {
    for title in [
        "关于云川区2026年上半年乡村公共服务工作情况的报告",
        "云川区人民政府关于印发《云川区便民服务中心管理办法》的通知",
        "关于2026年全区乡镇便民服务站建设和工作人员培训工作进展情况及下半年工作安排的汇报",
        "云川区发展和改革局关于2026年重点项目推进情况的汇报",
    ] {
        let lines = lines(title);
        assert!((2..=3).contains(&lines.len()), "{lines:?}");
        for line in &lines {
            assert!(!line.starts_with(['的', '和', '与', '及', '》']), "{lines:?}");
            assert!(line.chars().count() >= 4, "{lines:?}");
        }
    }
}

#[test]
fn the_unit_stands_on_the_first_line() {
    assert_eq!(lines("城东街道人大工委关于代表联络站建设情况的汇报")[0], "城东街道人大工委");
    assert_eq!(lines("青河区图书馆关于全民阅读推广工作情况的汇报")[0], "青河区图书馆");
}

#[test]
fn no_break_inside_a_title_mark() {
    let lines = lines("云川区人民政府关于印发《云川区便民服务中心管理办法》的通知");
    assert!(lines.iter().any(|line| line.contains("《云川区便民服务中心管理办法》")), "{lines:?}");
}

#[test]
fn breaks_of_the_author_stand() {
    assert_eq!(plan("云川区\n工作情况汇报", capacity(&Grid::default())), ["云川区", "工作情况汇报"]);
}

#[test]
fn shapes() {
    assert!(shape(&[10.0, 10.0], 20.0, true).is_none());
    assert!(shape(&[15.0, 8.0, 15.0], 20.0, true).is_none());
    assert!(shape(&[12.0, 15.0, 9.0], 20.0, true).is_some());
}

#[test]
fn endless_titles_end() {
    let long = "云川区公共服务".repeat(20);
    assert!(plan(&long, capacity(&Grid::default())).iter().all(|line| line.chars().count() <= 20));
}

/// What is wrong with the lines of each title of a list, and how many titles it has.
fn judged(list: &str) -> (Vec<String>, usize) {
    let titles: Vec<&str> = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let mut wrong = Vec::new();
    for accepted in &titles {
        let lines = lines(&accepted.replace('/', ""));
        let sum = |at: &mut usize, part: &str| {
            *at += part.chars().count();
            Some(*at)
        };
        let pauses: Vec<usize> = accepted.split('/').scan(0, sum).collect();
        let mut ends = lines[..lines.len() - 1].iter().map(String::as_str).scan(0, sum);
        let widths: Vec<f64> =
            lines.iter().map(|line| Text::new(line).sums.last().copied().unwrap_or_default()).collect();
        if !ends.all(|end| pauses.contains(&end)) {
            wrong.push(format!("parted: {}", lines.join("/")));
        } else if lines.len() > 1 && shape(&widths, 20.0, true).is_none() {
            wrong.push(format!("no shape: {}", lines.join("/")));
        } else if widths.iter().any(|width| *width < 3.0) {
            wrong.push(format!("narrow: {}", lines.join("/")));
        }
    }
    (wrong, titles.len())
}

#[test]
fn titles_end_their_lines_where_a_reader_pauses() {
    let (wrong, count) = judged(include_str!("cases.txt"));
    assert!(count >= 60 && wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

/// A list that the rules were not made by.
#[test]
fn titles_that_nobody_tuned_to() {
    let (wrong, count) = judged(include_str!("held.txt"));
    println!("{} of {count} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 20 && wrong.len() * 10 <= count, "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn long_titles_have_no_rest_of_a_line() {
    for count in 21..=80 {
        let title: String = "关于云川区2026年度乡镇便民服务中心标准化建设和社区综合服务设施提质改造工程推进情况以及进一步完善基层公共服务体系促进城乡公共服务均衡发展的若干意见落实情况的专项调研报告"
            .chars()
            .take(count)
            .collect();
        let lines = lines(&title);
        assert!(lines.iter().all(|line| (3..=24).contains(&line.chars().count())), "{lines:?}");
    }
}
