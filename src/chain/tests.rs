use super::*;
use crfs::Attribute;
use crfs::train::Trainer;

const STATES: [&str; 3] = ["headline", "body", "credit"];
const FACTS: [&str; 5] = ["short", "long", "colon", "bracket", "level"];

/// Sequences in which some facts go with some states, and states follow each other in turn more often than not.
fn examples(facts: &Facts, count: usize, mut seed: u64) -> Vec<Example> {
    let mut roll = move |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let mut one = || {
        let mut state = roll(3) as usize;
        let mut example = Example::new(Sequence::default(), Vec::new());
        for _ in 0..=roll(9) {
            let hint = FACTS[state];
            let noise = FACTS[roll(5) as usize];
            let active = if roll(4) == 0 { vec![noise] } else { vec![hint, "level"] };
            example.sequence.add(active.into_iter().filter_map(|fact| facts.get(fact)));
            example.states.push(state);
            state = if roll(3) == 0 { roll(3) as usize } else { (state + 1) % 3 };
        }
        example
    };
    (0..count).map(|_| one()).collect()
}

fn blank() -> Model {
    let mut facts = Facts::default();
    FACTS.iter().for_each(|fact| {
        facts.add(fact);
    });
    Model::new(STATES, facts)
}

fn exact() -> Options {
    Options { tolerance: 1e-12, ..Options::default() }
}

/// Every row of states with its score.
fn all_paths(model: &Model, sequence: &Sequence) -> Vec<(Vec<usize>, f64)> {
    let mut paths = vec![(Vec::new(), 0.0)];
    for facts in sequence.iter() {
        let longer = |(path, score): &(Vec<usize>, f64)| {
            let (path, score) = (path.clone(), *score);
            (0..STATES.len())
                .map(move |state| {
                    let facts: f64 = facts.iter().map(|&fact| f64::from(model.weight(fact, state))).sum();
                    let step = f64::from(model.steps.at(path.last().copied(), Some(state)));
                    ([path.clone(), vec![state]].concat(), score + facts + step)
                })
                .collect::<Vec<_>>()
        };
        paths = paths.iter().flat_map(longer).collect();
    }
    let ended = |(path, score): (Vec<usize>, f64)| {
        (score + f64::from(model.steps.at(path.last().copied(), None)), path)
    };
    paths.into_iter().map(ended).map(|(score, path)| (path, score)).collect()
}

fn fitted() -> Model {
    let blank = blank().forbid(|from, to| (from, to) == (Some(0), Some(0)) || (from, to) == (None, Some(2)));
    let mut examples = examples(blank.facts(), 60, 7);
    let allowed =
        |example: &Example| example.states[0] != 2 && example.states.windows(2).all(|pair| pair != [0, 0]);
    examples.retain(allowed);
    assert!(examples.len() > 10);
    fit(&blank, &examples, &exact()).unwrap().model
}

#[test]
fn the_best_path_and_the_marginals_are_those_of_all_paths() {
    let model = fitted();
    let mut work = Work::default();
    for example in examples(model.facts(), 30, 99).iter().filter(|example| example.states.len() < 8) {
        let paths = all_paths(&model, &example.sequence);
        let best = paths.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(model.best(&example.sequence, &mut work), best.0);
        let sum: f64 = paths.iter().map(|path| path.1.exp()).sum();
        let marginals = model.marginals(&example.sequence, &mut work);
        for (at, row) in marginals.chunks(STATES.len()).enumerate() {
            for (state, &marginal) in row.iter().enumerate() {
                let share: f64 =
                    paths.iter().filter(|path| path.0[at] == state).map(|path| path.1.exp()).sum();
                assert!((marginal - share / sum).abs() < 1e-5, "{marginal} {}", share / sum);
            }
        }
    }
}

#[test]
fn the_reasons_add_up_to_the_difference() {
    let model = fitted();
    let sequence = &examples(model.facts(), 1, 3)[0].sequence;
    let paths = all_paths(&model, sequence);
    let score = |path: &[usize]| paths.iter().find(|other| other.0 == path).unwrap().1;
    let best = model.best(sequence, &mut Work::default()).to_vec();
    for at in 0..sequence.len() {
        for rival in 0..STATES.len() {
            let mut other = best.clone();
            other[at] = rival;
            let sum: f64 =
                model.why(sequence, &best, at, rival).iter().map(|reason| f64::from(reason.weight)).sum();
            let difference = score(&best) - score(&other);
            assert!((sum - difference).abs() < 1e-4 || sum == difference, "{sum} {difference}");
        }
    }
}

/// crfs knows no first and no last state: the examples say it by facts of their own.
#[test]
fn weights_and_decisions_are_those_of_crfs() {
    let blank = blank();
    let examples = examples(blank.facts(), 200, 1);
    let names: Vec<&str> = blank.facts().names().collect();
    let items = |sequence: &Sequence| -> Vec<Vec<Attribute>> {
        let edge = |at: usize| [(at == 0, "(first)"), (at + 1 == sequence.len(), "(last)")];
        let facts = |at: usize| sequence.at(at).iter().map(|&fact| names[fact as usize]);
        let edges = |at: usize| edge(at).into_iter().filter(|edge| edge.0).map(|edge| edge.1);
        (0..sequence.len())
            .map(|at| facts(at).chain(edges(at)).map(|name| Attribute::new(name, 1.0)).collect())
            .collect()
    };
    let mut trainer = Trainer::lbfgs();
    for example in &examples {
        let states: Vec<&str> = example.states.iter().map(|&state| STATES[state]).collect();
        trainer.append(&items(&example.sequence), &states).unwrap();
    }
    trainer.params_mut().set_c2(0.5).unwrap(); // 1 / 2σ²
    trainer.params_mut().set_delta(1e-9).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    trainer.train(file.path()).unwrap();
    let bytes = std::fs::read(file.path()).unwrap();
    let theirs = crfs::Model::new(&bytes).unwrap();

    let ours = fit(&blank, &examples, &Options { unseen: false, ..exact() }).unwrap().model;
    let mut work = Work::default();
    for example in self::examples(blank.facts(), 100, 2) {
        let path: Vec<&str> =
            ours.best(&example.sequence, &mut work).iter().map(|&state| STATES[state]).collect();
        assert_eq!(theirs.tagger().unwrap().tag(&items(&example.sequence)).unwrap(), path);
    }
    let mut dump = Vec::new();
    theirs.dump(&mut dump).unwrap();
    let dump = String::from_utf8(dump).unwrap();
    let text = ours.to_tsv();
    let rows = dump.lines().filter_map(|line| line.split_once(") ")?.1.split_once(" --> "));
    let mut compared = 0;
    for (fact, (state, weight)) in rows.map(|(fact, rest)| (fact, rest.split_once(": ").unwrap())) {
        let weight: f64 = weight.parse().unwrap();
        let column = 1 + STATES.iter().position(|known| *known == state).unwrap();
        let row = |name: &str| {
            let row = text.lines().find(|line| line.split('\t').next() == Some(name))?;
            row.split('\t').nth(column)?.parse::<f64>().ok()
        };
        let mine = row(fact).or_else(|| row(&format!("(after {fact})"))).unwrap_or_default();
        assert!((mine - weight).abs() < 0.015, "{fact} {state}: {mine}, crfs {weight}");
        compared += 1;
    }
    assert!(compared >= 25, "{dump}");
}

#[test]
fn threads_change_no_bit() {
    let blank = blank();
    let examples = examples(blank.facts(), 50, 5);
    let with = |threads| fit(&blank, &examples, &Options { threads, ..exact() }).unwrap().objective.to_bits();
    assert_eq!([with(1), with(3)], [with(2), with(64)]);
}

#[test]
fn a_narrow_prior_holds_the_weights_and_a_wide_one_lets_them_go() {
    let prior = fitted();
    let mut turned = examples(prior.facts(), 40, 11);
    turned.iter_mut().for_each(|example| example.states.fill(1));
    let far = |deviation| {
        let model = fit(&prior, &turned, &Options { deviation, ..exact() }).unwrap().model;
        model.weight(0, 1) - prior.weight(0, 1)
    };
    assert!(far(0.01) < 0.05);
    assert!(far(1.0) > 0.3, "{}", far(1.0));
}

#[test]
fn an_example_counts_as_often_as_it_weighs() {
    let blank = blank();
    let examples = examples(blank.facts(), 20, 13);
    let twice = fit(&blank, &[examples.clone(), examples.clone()].concat(), &exact()).unwrap();
    let heavy: Vec<Example> =
        examples.into_iter().map(|example| Example { weight: 2.0, ..example }).collect();
    let heavy = fit(&blank, &heavy, &exact()).unwrap();
    assert!((twice.objective - heavy.objective).abs() < 1e-6);
    assert_eq!(twice.model.to_tsv(), heavy.model.to_tsv());
}

#[test]
fn new_facts_weigh_nothing_until_they_are_fitted() {
    let mut model = fitted();
    let before = model.to_tsv();
    let new = model.facts_mut().add("new");
    assert_eq!((model.weight(new, 0), model.to_tsv()), (0.0, before));
    let sequence = Sequence::from_iter([vec![new]]);
    assert_eq!(model.best(&sequence, &mut Work::default()).len(), 1);
    let model = fit(&model, &[Example::new(sequence, vec![1])], &Options::default()).unwrap().model;
    assert!(model.weight(new, 1) > 0.0);
}

#[test]
fn a_table_of_weights_comes_back_as_it_was() {
    let mut model = fitted();
    let odd = model.facts_mut().add("a\tb\\n\n");
    let model = fit(&model, &[Example::new(Sequence::from_iter([vec![odd]]), vec![1])], &Options::default())
        .unwrap()
        .model;
    let text = model.to_tsv();
    let read = Model::from_tsv(STATES, text.as_bytes()).unwrap();
    assert_eq!(read.to_tsv(), text);
    assert!(read.facts().get("a\tb\\n\n").is_some());
    assert!(
        text.is_ascii() && text.lines().skip(1).is_sorted_by_key(|line| line.split('\t').next()),
        "{text}"
    );
}

#[test]
fn a_faulty_table_is_named_by_its_line() {
    let error = |text: &str| Model::from_tsv(STATES, text.as_bytes()).unwrap_err().to_string();
    let header = "fact\theadline\tbody\tcredit\n";
    insta::assert_snapshot!(error("fact,state"), @"line 1: no table of weights: the first line must be fact, headline, body, credit, with tabs between");
    insta::assert_snapshot!(error(&format!("{header}short\t1\t\t\nlong\t1")), @"line 3: 1 weights for 3 states");
    insta::assert_snapshot!(error(&format!("{header}short\t\tNaN\t")), @"line 2: `NaN` is no weight");
    insta::assert_snapshot!(error(&format!("{header}(first)\t1\t\t\n(first)\t1\t2\t")), @"line 3: the fact `(first)` stood before");
    assert!(Model::from_tsv(STATES, b"\xff").is_err());
}

#[test]
fn a_faulty_example_is_named_by_its_number() {
    let model = blank().forbid(|from, to| (from, to) == (Some(0), Some(0)));
    let error = |facts: Vec<Vec<u32>>, states: Vec<usize>| {
        fit(&model, &[Example::new(Sequence::from_iter(facts), states)], &Options::default())
            .unwrap_err()
            .to_string()
    };
    insta::assert_snapshot!(error(vec![vec![]], vec![]), @"example 1: 0 states for 1 elements");
    insta::assert_snapshot!(error(vec![vec![9]], vec![0]), @"example 1: fact 9 is not one of the model's 5");
    insta::assert_snapshot!(error(vec![vec![]], vec![3]), @"example 1: state 3 is not one of the model's 3");
    insta::assert_snapshot!(error(vec![vec![], vec![]], vec![0, 0]), @"example 1: headline must not follow headline at element 2");
}

#[test]
fn nothing_at_all_and_what_cannot_be_are_borne() {
    let mut work = Work::default();
    let model = fitted();
    assert!(model.best(&Sequence::default(), &mut work).is_empty());
    assert!(model.marginals(&Sequence::default(), &mut work).is_empty());
    assert!(
        model
            .why(&Sequence::from_iter([vec![77]]), &[0], 0, 1)
            .iter()
            .all(|reason| reason.fact.starts_with('('))
    );
    let never = fitted().forbid(|_, _| true);
    let sequence = Sequence::from_iter([vec![0], vec![1, 77]]);
    assert_eq!(never.best(&sequence, &mut work), [0, 0]);
    assert!(never.marginals(&sequence, &mut work).iter().all(|share| share.is_finite()));
    let stateless = Model::new([""; 0], Facts::default());
    assert_eq!(stateless.best(&sequence, &mut work).len(), 2);
    assert!(stateless.marginals(&sequence, &mut work).is_empty());
    assert!(fit(&model, &[], &Options::default()).unwrap().rounds <= 10);
}
