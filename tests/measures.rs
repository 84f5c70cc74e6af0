//! Every formula against other people's programs: `tests/oracle/` says which, and how the table was made.

use std::str::FromStr;

use zjgr::measure::association::Pair;
use zjgr::measure::dispersion::{Parts, Spread};
use zjgr::measure::diversity::{
    MTLD_THRESHOLD, moving_average_ttr, mtld, standardised_ttr, type_token_ratio,
};
use zjgr::measure::keyness::Frequencies;
use zjgr::measure::significance::{benjamini_hochberg, chi_squared_p, normal_p};
use zjgr::measure::trend::{kendall, theil_sen};

const TABLE: &str = include_str!("oracle/measures.tsv");

#[test]
fn every_measure_equals_what_other_programs_say_to_nine_digits() {
    let mut compared = 0;
    for line in TABLE.lines().skip(1) {
        let mut cells = line.split('\t');
        let mut next = || cells.next().expect("four cells");
        let (measure, source, given, expected) = (next(), next(), next(), next());
        let expected: f64 = expected.parse().expect("a number");
        let measured =
            measured(measure, given).unwrap_or_else(|| panic!("{measure} of {given} has no value"));
        let difference = (measured - expected).abs();
        // Nine digits; a value that is 0 but for rounding is as good as 0.
        assert!(
            difference <= 1e-9 * expected.abs() || difference <= 1e-14,
            "{measure} of {given}: {measured}, but {source} says {expected}"
        );
        compared += 1;
    }
    assert!(compared > 200, "only {compared} values were compared");
}

fn measured(measure: &str, given: &str) -> Option<f64> {
    match measure {
        "g2" => frequencies(given).table().g2(),
        "chi2" => frequencies(given).table().chi_squared(),
        "yates" => frequencies(given).table().chi_squared_yates(),
        "ll" => frequencies(given).log_likelihood(),
        "ll_p" => frequencies(given).log_likelihood().map(chi_squared_p),
        "log_ratio" => frequencies(given).log_ratio(),
        "mi" => pair(given).mi(),
        "mi3" => pair(given).mi3(),
        "t" => pair(given).t_score(),
        "log_dice" => pair(given).log_dice(),
        "pair_g2" => pair(given).g2(),
        "delta_p_collocate" => pair(given).delta_p_collocate(),
        "delta_p_node" => pair(given).delta_p_node(),
        "dp" => spread(given, |spread| spread.dp()),
        "dp_norm" => spread(given, |spread| spread.dp_norm()),
        "juilland_d" => spread(given, |spread| spread.juilland_d()),
        "rosengren_s" => spread(given, |spread| spread.rosengren_s()),
        "divergence" => spread(given, |spread| spread.divergence()),
        "carroll_d2" => spread(given, |spread| spread.carroll_d2()),
        "ttr" => type_token_ratio(&numbers::<u32>(given)),
        "mtld" => mtld(&numbers::<u32>(given), MTLD_THRESHOLD),
        "mattr" => {
            numbers::<u32>(given).split_first().and_then(|(&k, text)| moving_average_ttr(text, k as usize))
        }
        "sttr" => {
            numbers::<u32>(given).split_first().and_then(|(&k, text)| standardised_ttr(text, k as usize))
        }
        "kendall_tau" => kendall(&numbers(given)).map(|trend| trend.tau),
        "kendall_p" => kendall(&numbers(given)).map(|trend| trend.p),
        "theil_sen" => {
            let points: Vec<(f64, f64)> =
                numbers(given).into_iter().enumerate().map(|(x, y)| (x as f64, y)).collect();
            theil_sen(&points)
        }
        "chi2_p" => numbers(given).first().map(|&statistic| chi_squared_p(statistic)),
        "normal_p" => numbers(given).first().map(|&z| normal_p(z)),
        "benjamini_hochberg" => {
            let given = numbers::<f64>(given);
            let (&place, probabilities) = given.split_first()?;
            benjamini_hochberg(probabilities).get(place as usize).copied()
        }
        other => panic!("no measure is called {other}"),
    }
}

fn numbers<T: FromStr>(given: &str) -> Vec<T> {
    given.split(' ').map(|number| number.parse().ok().expect("a number")).collect()
}

fn frequencies(given: &str) -> Frequencies {
    let [target, target_size, reference, reference_size] = numbers(given)[..] else { panic!("four numbers") };
    Frequencies { target, target_size, reference, reference_size }
}

fn pair(given: &str) -> Pair {
    let [together, node, collocate, size] = numbers(given)[..] else { panic!("four numbers") };
    Pair { together, places: node, node, collocate, size }
}

fn spread(given: &str, measure: impl Fn(Spread) -> Option<f64>) -> Option<f64> {
    let rows: Vec<(u64, u64)> = given
        .split(' ')
        .map(|part| part.split_once('/').expect("count/size"))
        .map(|(count, size)| (count.parse().expect("a count"), size.parse().expect("a size")))
        .collect();
    let parts: Parts = rows.iter().map(|row| row.1).collect();
    measure(Spread::new(parts, &Spread::shares_of(rows)))
}
