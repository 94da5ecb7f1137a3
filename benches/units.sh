#!/bin/sh
# Prints data of N invented townships in two years, as YAML: benches/units.sh 1000 > data.yaml
set -eu
awk -v n="${1:-1000}" '
function row(i, year) {
    k = (i * 7919 + year * 104729) % 1000
    split("建成 在建 规划", state, " ")
    collected = 20 + k % 40
    printf "  - {年份: %d, 名称: 第%05d镇, 中心站: %s, 培训场次: %d, 接待群众: %d, 收集建议: %d, 办结建议: %d, 使用经费: %d.%02d, 村级站规划: %d, 村级站建成: %d, 进站代表: %d, 培训人次: %d, 已支付: %d.%02d}\n",
        year, i, state[1 + i % 3], 2 + k % 7, 100 + k, collected, collected - k % 9, 10 + k % 30, k % 100,
        9 + k % 7, 4 + k % 5, 36 + k % 17, 60 + k % 91, 8 + k % 30, k % 97
}
BEGIN {
    print "年份: 2026\n报告: {单位: 青河区人大常委会, 成文日期: 2026-12-05, 主送: 青河区人大代表, 简报名称: 代表联络站工作简报, 期号: 第12期, 编印单位: 青河区人大常委会办公室, 日期: 2026-12-10}\n辖区: 全区\n乡镇:"
    for (year = 2026; year >= 2025; year--) for (i = 1; i <= n; i++) row(i, year)
}'
