-- One build of the read models. Run with the build's own schema as the search path; a change here makes the next start build
-- anew from the log. Nothing in these tables depends on when, in which batches or by how many threads they were built.
-- Identifiers compare byte-wise (collate "C"): that is their order in Java too, and it is the fastest.

create table market (
    symbol          text collate "C" primary key,
    interval        text,
    -- absent until the market is opened
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

-- Bars held of a day, and how often one was recorded or revised: a reader that remembers the day's bars sees by `changes`
-- whether they still hold.
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

-- What a version said about a bar, and what the market then did: latest revisions of the bars it takes to tell, absent as long
-- as one of them is.
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
    -- when the last of those bars was known here
    outcome_known_at timestamptz,
    primary key (version, open_time)
);

create table prediction_day (
    version     text collate "C" not null,
    day         date             not null,
    symbol      text collate "C" not null,
    predictions integer          not null,
    primary key (version, day)
);
create index prediction_day_by_symbol on prediction_day (symbol, day);

-- Signals counted over 5, 60 and 1440 minutes for charts.
create table prediction_rollup (
    version   text collate "C" not null,
    minutes   smallint         not null,
    open_time timestamptz      not null,
    sell      integer          not null,
    hold      integer          not null,
    buy       integer          not null,
    last      text             not null,
    last_time timestamptz      not null,
    primary key (version, minutes, open_time)
);

-- How a version did on a day that is over (a later day has a bar), as a function of the position it starts the day with: so that
-- days combine into any period without reading rows. Once over live predictions only, once over all.
create table performance_day (
    version          text collate "C" not null,
    day              date             not null,
    include_late     boolean          not null,
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
    primary key (version, day, include_late)
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

create table training_cycle (
    symbol       text collate "C" not null,
    number       integer          not null,
    reason       text             not null,
    state        text             not null,
    requested_at timestamptz      not null,
    ended_at     timestamptz,
    data_from    timestamptz      not null,
    data_to      timestamptz      not null,
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
    version    text
);
create index training_run_by_cycle on training_run (symbol, cycle);

-- An article as it reads now, and what full-text search looks at.
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

-- What an article is about, from when on that was known, and whether the market's reaction is.
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

-- When each text of an article became known: as it was discovered, fetched, corrected.
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

-- What a version made of a text. What it takes to fold them into a line of sentiment stands beside.
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
    -- when the article was known to be about the version's symbol
    first_seen_at timestamptz      not null,
    -- when this text of it was
    known_at      timestamptz      not null,
    -- whether the article repeats another one's news, and so does not count
    repeats       boolean          not null,
    primary key (article, version, reading)
);
create index article_score_by_time on article_score (version, known_at);
