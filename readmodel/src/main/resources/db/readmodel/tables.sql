-- The tables of one build of the read models, created with the build's own schema as the search path. Any change of this file makes
-- the next start rebuild the read models from the log. The rows do not depend on when, in which batches or by how many threads they
-- are written. Identifiers are compared byte-wise (collate "C"), which is also their order in Java, and the fastest.

create table market (
    symbol          text collate "C" primary key,
    interval        text,
    -- null until the market is opened
    origin          text,
    description     text,
    live_from       timestamptz,
    first_open_time timestamptz,
    last_open_time  timestamptz,
    last_close      numeric,
    candles         bigint not null default 0
);

-- The latest revision of each bar.
create table candle (
    symbol       text collate "C" not null,
    open_time    timestamptz      not null,
    open         numeric          not null,
    high         numeric          not null,
    low          numeric          not null,
    close        numeric          not null,
    volume       numeric          not null,
    quote_volume numeric          not null,
    trades       bigint           not null,
    revision     integer          not null,
    known_at     timestamptz      not null,
    primary key (symbol, open_time)
);

-- The number of a day's bars, and of their recordings and revisions: a reader that caches the day's bars sees from `changes` whether
-- they are stale.
create table candle_day (
    symbol  text collate "C" not null,
    day     date             not null,
    bars    integer          not null,
    changes integer          not null,
    primary key (symbol, day)
);

-- Bars of 5, 60 and 1440 minutes for charts.
create table candle_rollup (
    symbol    text collate "C" not null,
    minutes   smallint         not null,
    open_time timestamptz      not null,
    open      float8           not null,
    high      float8           not null,
    low       float8           not null,
    close     float8           not null,
    volume    float8           not null,
    primary key (symbol, minutes, open_time)
);

create table gap (
    symbol      text collate "C" not null,
    -- open times of the first and the last missing bar
    from_time   timestamptz      not null,
    to_time     timestamptz      not null,
    state       text             not null,
    detected_at timestamptz      not null,
    resolved_at timestamptz,
    primary key (symbol, from_time)
);

-- The prediction of a version about a bar, with its outcome by the latest revisions of the bars of its horizon: null while one of them
-- is missing.
create table prediction (
    version          text collate "C" not null,
    open_time        timestamptz      not null,
    sell             float8           not null,
    hold             float8           not null,
    buy              float8           not null,
    signal           text             not null,
    origin           text             not null,
    recorded_at      timestamptz      not null,
    bar_revision     integer          not null,
    scorer           text             not null,
    outcome          text,
    outcome_return   float8,
    -- when the last of those bars became known
    outcome_known_at timestamptz,
    primary key (version, open_time)
);

create table prediction_day (
    version     text collate "C" not null,
    day         date             not null,
    symbol      text collate "C" not null,
    predictions integer          not null,
    -- those of origin RECONCILED; a lane's prediction may yet replace one
    reconciled  integer          not null,
    primary key (version, day)
);
create index prediction_day_by_symbol on prediction_day (symbol, day);

-- Signals counted over 5, 60 and 1440 minutes for charts.
create table prediction_rollup (
    version    text collate "C" not null,
    minutes    smallint         not null,
    open_time  timestamptz      not null,
    sell       integer          not null,
    hold       integer          not null,
    buy        integer          not null,
    -- those of origin RECONCILED
    reconciled integer          not null,
    last       text             not null,
    last_time  timestamptz      not null,
    primary key (version, minutes, open_time)
);

-- The performance of a version on a completed day (one that is followed by a bar of a later day), for either position at its start, so
-- that days can be combined into any period without reading predictions. One row for each kind of predictions (PerformanceKind) that the
-- day has: live, by the lane in time or late, computed from the log, and in-sample. They are never mixed.
create table performance_day (
    version          text collate "C" not null,
    day              date             not null,
    kind             text             not null,
    predictions      bigint           not null,
    resolved         bigint           not null,
    correct          bigint           not null,
    sell             bigint           not null,
    hold             bigint           not null,
    buy              bigint           not null,
    outcome_sell     bigint           not null,
    outcome_hold     bigint           not null,
    outcome_buy      bigint           not null,
    flat_ends_long   boolean          not null,
    flat_log_return  float8           not null,
    flat_trades      bigint           not null,
    long_ends_long   boolean          not null,
    long_log_return  float8           not null,
    long_trades      bigint           not null,
    primary key (version, day, kind)
);

create table model_version (
    version            text collate "C" primary key,
    model              text collate "C" not null,
    symbol             text collate "C" not null,
    family             text             not null,
    number             integer          not null,
    training_run       text             not null,
    state              text             not null,
    slot               text,
    reason             text,
    artifact_digest    text             not null,
    artifact_bytes     bigint           not null,
    scorer_engine      text             not null,
    scorer_version     text             not null,
    horizon_bars       integer          not null,
    threshold_percent  float8           not null,
    trained_at         timestamptz      not null,
    expires_at         timestamptz      not null,
    provenance         jsonb            not null,
    evaluation         jsonb            not null
);
create index model_version_by_symbol on model_version (symbol, model, number);

-- Events of a model in the order of the log, but those of its lanes and backfills.
create table model_event (
    model       text collate "C" not null,
    -- of the event in the model's stream
    sequence    bigint           not null,
    version     text collate "C" not null,
    kind        text             not null,
    -- the person who decided it; null if nobody did
    decided_by  text,
    reason      text,
    at          timestamptz      not null,
    recorded_at timestamptz      not null,
    primary key (model, sequence)
);

-- Periods in which a version was live in a slot, by market time, which is made to follow the order of the log: a change
-- counts from the latest change before it, if its own time is earlier.
create table slot_period (
    model      text collate "C" not null,
    slot       text             not null,
    -- sequence of the event that began it
    sequence   bigint           not null,
    version    text collate "C" not null,
    valid_from timestamptz      not null,
    -- exclusive; null while it lasts
    valid_to   timestamptz,
    primary key (model, slot, sequence)
);

-- The latest backfill of a version.
create table backfill (
    version     text collate "C" primary key,
    state       text             not null,
    -- of the request, or for which it was given up
    reason      text,
    -- market time of the lane's joining or of the request
    pending_at  timestamptz      not null,
    begun_at    timestamptz,
    from_time   timestamptz,
    to_time     timestamptz,
    days        integer,
    predictions bigint,
    ended_at    timestamptz,
    -- wall-clock times, for durations
    wall_pending timestamptz     not null,
    wall_begun  timestamptz,
    wall_ended  timestamptz
);

-- The days of which a backfill recorded anything.
create table backfill_day (
    version     text collate "C" not null,
    day         date             not null,
    -- market time of the latest recording
    recorded_at timestamptz      not null,
    primary key (version, day)
);

create table training_cycle (
    symbol       text collate "C" not null,
    number       integer          not null,
    reason       text             not null,
    state        text             not null,
    requested_at timestamptz      not null,
    ended_at     timestamptz,
    data_from    timestamptz      not null,
    data_to      timestamptz      not null,
    -- the run that it repeats; null for a cycle that trains new versions
    repeats      text,
    dataset      jsonb,
    note         text,
    -- wall-clock times, for durations
    wall_requested timestamptz    not null,
    wall_begun   timestamptz,
    wall_ended   timestamptz,
    primary key (symbol, number)
);

create table training_run (
    run        text collate "C" primary key,
    symbol     text collate "C" not null,
    cycle      integer          not null,
    family     text             not null,
    attempt    integer          not null,
    state      text             not null,
    started_at timestamptz      not null,
    since      timestamptz      not null,
    ended_at   timestamptz,
    reason     text,
    version    text,
    provider   text,
    machine    text,
    launches   integer          not null default 0,
    parameters jsonb,
    artifact   jsonb,
    -- whether its bundle equals that of the run it repeats; null unless compared
    reproduced boolean,
    wall_requested timestamptz  not null,
    wall_begun timestamptz,
    wall_ended timestamptz
);
create index training_run_by_cycle on training_run (symbol, cycle);

-- Metrics of each run, in the batches in which its worker reported them.
create table training_progress (
    run     text collate "C" not null,
    launch  integer          not null,
    batch   integer          not null,
    steps   jsonb            not null,
    metrics jsonb            not null,
    primary key (run, launch, batch)
);

-- Rented machines of training runs; times are wall-clock times.
create table rental (
    rental      text collate "C" primary key,
    symbol      text collate "C" not null,
    cycle       integer          not null,
    -- UTC, of the reservation, such as 2026-03
    month       text collate "C" not null,
    offer       jsonb            not null,
    contract    bigint,
    reserved    numeric          not null,
    reserved_at timestamptz      not null,
    ended_at    timestamptz,
    cost        numeric,
    reason      text
);
create index rental_by_cycle on rental (symbol, cycle);
create index rental_by_month on rental (month);

-- Most that may be spent on rented machines; one row, or none before limits are set.
create table rental_limits (
    budget text collate "C" primary key,
    cycle  numeric          not null,
    month  numeric          not null
);

-- Audits: the past predictions of versions computed again; times are market time.
create table audit (
    audit        text collate "C" primary key,
    symbol       text collate "C" not null,
    version      text collate "C" not null,
    state        text             not null,
    reason       text             not null,
    requested_at timestamptz      not null,
    -- digests over the whole, once completed
    recorded     text,
    recomputed   text,
    note         text,
    ended_at     timestamptz
);
create index audit_by_time on audit (symbol, requested_at, audit);
create index audit_by_version on audit (version, requested_at, audit);
create index audit_running on audit (symbol, requested_at) where state = 'RUNNING';

create table audit_day (
    audit      text collate "C" not null,
    day        date             not null,
    exact      integer          not null,
    close      integer          not null,
    near_ties  integer          not null,
    different  integer          not null,
    missing    integer          not null,
    extra      integer          not null,
    recorded   text             not null,
    recomputed text             not null,
    primary key (audit, day)
);

-- The first differences of each day; number is their position in it.
create table audit_difference (
    audit      text collate "C" not null,
    day        date             not null,
    number     integer          not null,
    difference jsonb            not null,
    primary key (audit, day, number)
);

-- The latest revision of each article, and its full-text search vector.
create table article (
    article             text collate "C" primary key,
    url                 text             not null,
    channel             text collate "C" not null,
    source              text             not null,
    title               text             not null,
    summary             text             not null,
    body                text,
    published_at        timestamptz      not null,
    published_certainty text             not null,
    origin              text             not null,
    first_seen_at       timestamptz      not null,
    revision            integer          not null,
    duplicate_of        text collate "C",
    similarity          float8,
    search              tsvector         not null generated always as (
        setweight(to_tsvector('pg_catalog.english', title), 'A')
        || setweight(to_tsvector('pg_catalog.english', summary), 'B')
        || setweight(to_tsvector('pg_catalog.english', coalesce(body, '')), 'C')) stored
);
create index article_by_time on article (published_at, article);
create index article_by_channel on article (channel, published_at);
create index article_by_words on article using gin (search);

-- The symbols that an article is about, when that became known, and whether the market's reaction is measured.
create table article_symbol (
    symbol       text collate "C" not null,
    article      text collate "C" not null,
    published_at timestamptz      not null,
    known_at     timestamptz      not null,
    measured     boolean          not null default false,
    primary key (article, symbol)
);
create index article_symbol_by_time on article_symbol (symbol, published_at, article);
create index article_symbol_unmeasured on article_symbol (symbol, published_at, article) where not measured;

-- When each text of an article became known: at its discovery, the fetch of its body, and each correction.
create table article_reading (
    article  text collate "C" not null,
    reading  integer          not null,
    known_at timestamptz      not null,
    primary key (article, reading)
);

create table article_reaction (
    article           text collate "C" not null,
    symbol            text collate "C" not null,
    window_minutes    integer          not null,
    threshold_percent float8           not null,
    base_close        numeric          not null,
    mean_close        float8           not null,
    bars              integer          not null,
    percent           float8           not null,
    signal            text             not null,
    measured_at       timestamptz      not null,
    primary key (article, symbol)
);

-- The score of a version for a text of an article, with the columns that sentiment charts are computed from.
create table article_score (
    article       text collate "C" not null,
    version       text collate "C" not null,
    reading       integer          not null,
    sell          float8           not null,
    hold          float8           not null,
    buy           float8           not null,
    origin        text             not null,
    scorer        text             not null,
    recorded_at   timestamptz      not null,
    -- when the article became known to be about the version's symbol
    first_seen_at timestamptz      not null,
    -- when this text of it became known
    known_at      timestamptz      not null,
    -- whether the article repeats another one's news and is not counted
    repeats       boolean          not null,
    primary key (article, version, reading)
);
create index article_score_by_time on article_score (version, known_at);
