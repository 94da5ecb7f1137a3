//! All integration tests: one binary, so that Typst is linked once.

mod authoring;
mod batch;
mod batch_causes;
mod batch_limits;
mod batch_trouble;
mod check;
mod check_data;
mod clerk_cases;
mod clerks_offices;
mod cli;
mod codes;
mod collect;
mod collect_returns;
mod collect_watch;
mod data_clerks;
mod data_contract;
mod data_corpus;
mod data_encrypted;
mod data_form;
mod data_formats;
mod data_makers;
mod data_messages;
mod data_messy;
mod data_number_twins;
mod data_offices;
mod data_pairs;
mod data_properties;
mod data_readers;
mod data_schema;
mod data_second_reader;
mod data_support;
mod data_twins;
mod data_workbook;
mod data_yaml;
mod examiner;
mod figure_contract;
mod figure_edges;
mod figure_language;
mod figure_memory;
mod figure_mistakes;
mod figure_origins;
mod figure_years;
mod form_round;
mod form_year;
mod frames;
mod layout_charts;
mod layout_charts_block;
mod layout_charts_drawn;
mod layout_charts_word;
mod layout_docx;
mod layout_faces;
mod layout_fixtures;
mod layout_forms;
mod layout_geometry;
mod layout_heads;
mod layout_lines;
mod layout_mirrored;
mod layout_offices;
mod layout_pdf;
mod layout_profile;
mod layout_signature;
mod marks;
mod packs;
mod packs_facts;
mod packs_prose;
mod packs_variants;
mod places;
mod plausible;
mod preview;
mod proof;
mod readme;
mod report_information;
mod round_trip;
mod scaled_outputs;
mod template_attacks;
mod template_limits;
mod trace;
mod trees;
mod trees_cells;
mod trees_random;
mod trees_reference;
mod word_damaged;
mod word_docs;
mod word_kit;
mod word_reader;
mod word_template;

/// What cannot be tested here, and why: told, and written to the file that `HUIBAO_SKIPPED` names, from which
/// `.ci/run` counts it.
fn skipped(what: &str) {
    use std::io::Write;
    eprintln!("!!! SKIPPED {what}");
    if let Some(list) = std::env::var_os("HUIBAO_SKIPPED") {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(list);
        file.and_then(|mut file| writeln!(file, "{what}")).expect("the list of what was skipped");
    }
}
