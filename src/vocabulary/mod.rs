//! What words mean, once: names of columns, years, units and measure words, Chinese numerals,
//! words of none and of totals. Text in, meaning out; nothing is known here of sheets or reports.

pub mod totals;
