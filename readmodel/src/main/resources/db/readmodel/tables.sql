-- The tables of one build of the read models, created with the build's own schema as the search path. Any change of this file makes
-- the next start rebuild the read models from the log. The rows do not depend on when, in which batches or by how many threads they
-- are written. Identifiers are compared byte-wise (collate "C"), which is also their order in Java, and the fastest.

-- Some tables hold rows that later events change. In these, known_from is the market time at which a row came to be as it is: the setting
-- hindcast.known_at, which is the time of the event being written. What a change replaces goes to the table's _superseded table with the
-- end of its validity, so that the functions at the end of this file can show every table as it was at any moment. Times follow the order
-- of the log: an event that carries an earlier time than the row that it changes counts from that row's time.
create function keep_superseded() returns trigger language plpgsql as $$
begin
    old.known_to := greatest(current_setting('hindcast.known_at')::timestamptz, old.known_from);
    if old.known_to > old.known_from then
        execute format('insert into %I.%I select ($1).*', tg_table_schema, tg_table_name || '_superseded') using old;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    new.known_from := old.known_to;
    return new;
end
$$;

create table market (
    symbol          text collate "C" primary key,
    interval        text,
    -- null until the market is opened
    origin          text,
    description     text,
    -- market time
    opened_at       timestamptz,
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
    -- not before the revision that it replaces
    known_at     timestamptz      not null,
    primary key (symbol, open_time)
);

-- Revisions that later ones replaced.
create table candle_superseded (
    like candle,
    -- exclusive
    known_to     timestamptz      not null,
    primary key (symbol, open_time, revision)
);

-- The number of a day's bars, and of their recordings and revisions: a reader that caches the day's bars sees from `changes` whether
-- they are stale. From known_at on the day is as it is now; before first_known_at it has no bar.
create table candle_day (
    symbol         text collate "C" not null,
    day            date             not null,
    bars           integer          not null,
    changes        integer          not null,
    first_known_at timestamptz      not null,
    known_at       timestamptz      not null,
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
    known_from  timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
    known_to    timestamptz      not null default 'infinity',
    primary key (symbol, from_time)
);
create table gap_superseded (like gap including defaults);
create index gap_superseded_by_time on gap_superseded (symbol, from_time);
create trigger keep_superseded before update or delete on gap for each row execute function keep_superseded();

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
    -- since when the outcome has been this one: when the last of those bars became known, or was revised to this price
    outcome_known_at timestamptz,
    primary key (version, open_time)
);

-- Predictions that were computed from the log before a lane's prediction of the same bar came.
create table prediction_superseded (
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
    -- exclusive
    known_to         timestamptz      not null,
    primary key (version, open_time)
);

-- Outcomes by revisions of bars that later ones replaced.
create table prediction_outcome_superseded (
    version        text collate "C" not null,
    open_time      timestamptz      not null,
    outcome        text             not null,
    outcome_return float8           not null,
    known_from     timestamptz      not null,
    -- exclusive
    known_to       timestamptz      not null,
    primary key (version, open_time, known_from)
);

-- The number of a version's predictions of a day. From known_at on these are as they are now; before first_known_at there is none.
create table prediction_day (
    version        text collate "C" not null,
    day            date             not null,
    symbol         text collate "C" not null,
    predictions    integer          not null,
    -- those of origin RECONCILED; a lane's prediction may yet replace one
    reconciled     integer          not null,
    first_known_at timestamptz      not null,
    known_at       timestamptz      not null,
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
    -- open times of the first and the last prediction with an outcome
    judged_from      timestamptz,
    judged_to        timestamptz,
    -- when the last of the predictions, outcomes and prices of the day became known
    known_at         timestamptz      not null,
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
    evaluation         jsonb            not null,
    known_from         timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
    known_to           timestamptz      not null default 'infinity'
);
create index model_version_by_symbol on model_version (symbol, model, number);
create table model_version_superseded (like model_version including defaults);
create index model_version_superseded_by_version on model_version_superseded (version);
create index model_version_superseded_by_symbol on model_version_superseded (symbol);
create trigger keep_superseded before update or delete on model_version for each row execute function keep_superseded();

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
    -- market time that follows the order of the log, as in slot_period
    known_at    timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
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
    wall_ended  timestamptz,
    known_from  timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
    known_to    timestamptz      not null default 'infinity'
);
create table backfill_superseded (like backfill including defaults);
create index backfill_superseded_by_version on backfill_superseded (version);
create trigger keep_superseded before update or delete on backfill for each row execute function keep_superseded();

-- The days of which a backfill recorded anything, and when, by market time.
create table backfill_day (
    version     text collate "C" not null,
    day         date             not null,
    recorded_at timestamptz      not null,
    primary key (version, day, recorded_at)
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
    known_from   timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
    known_to     timestamptz      not null default 'infinity',
    primary key (symbol, number)
);
create table training_cycle_superseded (like training_cycle including defaults);
create index training_cycle_superseded_by_number on training_cycle_superseded (symbol, number);
create trigger keep_superseded before update or delete on training_cycle for each row execute function keep_superseded();

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
    wall_ended timestamptz,
    known_from timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
    known_to   timestamptz      not null default 'infinity'
);
create index training_run_by_cycle on training_run (symbol, cycle);
create table training_run_superseded (like training_run including defaults);
create index training_run_superseded_by_cycle on training_run_superseded (symbol, cycle);
create trigger keep_superseded before update or delete on training_run for each row execute function keep_superseded();

-- Metrics of each run, in the batches in which its worker reported them.
create table training_progress (
    run     text collate "C" not null,
    launch  integer          not null,
    batch   integer          not null,
    steps   jsonb            not null,
    metrics jsonb            not null,
    -- market time
    recorded_at timestamptz  not null,
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
        || setweight(to_tsvector('pg_catalog.english', coalesce(body, '')), 'C')) stored,
    known_from          timestamptz      not null default current_setting('hindcast.known_at')::timestamptz,
    known_to            timestamptz      not null default 'infinity'
);
create index article_by_time on article (published_at, article);
create index article_by_channel on article (channel, published_at);
create index article_by_words on article using gin (search);
create table article_superseded (like article including defaults);
create index article_superseded_by_article on article_superseded (article);
create index article_superseded_by_time on article_superseded (published_at, article);
create index article_superseded_by_words on article_superseded using gin (search);
create trigger keep_superseded before update or delete on article for each row execute function keep_superseded();

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

-- Scores that were computed from the log before a lane's score of the same text came. The two are written by different threads, so
-- their order here is that of their recording, whichever is written first.
create table article_score_superseded (
    like article_score,
    -- exclusive
    known_to      timestamptz      not null,
    primary key (article, version, reading)
);
create index article_score_superseded_by_time on article_score_superseded (version, known_at);
create function keep_superseded_score() returns trigger language plpgsql as $$
begin
    if old.recorded_at < new.recorded_at then
        insert into @article_score_superseded select (old).*, new.recorded_at;
    end if;
    return new;
end
$$;
create trigger keep_superseded before update on article_score for each row execute function keep_superseded_score();

-- Each table as it was at a moment t of market time. A reader at a moment uses the function NAME_as_of in place of the table NAME, and the
-- planner inlines it. Function bodies name tables with @, as statements do, since they are resolved when they are called. Roll-ups are
-- shown where everything in them was known by then; a reader takes the rest from the rows.

create function candle_as_of(t timestamptz) returns setof candle language sql stable
as $$
    select symbol, open_time, open, high, low, close, volume, quote_volume, trades, revision, known_at from @candle where known_at <= t
    union all
    select symbol, open_time, open, high, low, close, volume, quote_volume, trades, revision, known_at
    from @candle_superseded where known_at <= t and known_to > t
$$;

create function candle_day_as_of(t timestamptz) returns setof candle_day language sql stable
as $$
    select symbol, day, bars, changes, first_known_at, known_at from @candle_day where first_known_at <= t
$$;

create function candle_rollup_as_of(t timestamptz) returns setof candle_rollup language sql stable
as $$
    select r.symbol, r.minutes, r.open_time, r.open, r.high, r.low, r.close, r.volume
    from @candle_rollup r
    join @candle_day d on d.symbol = r.symbol and d.day = (r.open_time at time zone 'UTC')::date and d.known_at <= t
$$;

create function market_as_of(t timestamptz) returns setof market language sql stable
as $$
    select m.symbol, m.interval, m.origin, m.description, m.opened_at, case when m.live_from <= t then m.live_from end,
           (select min(c.open_time) from @candle_as_of(t) c
            where c.symbol = m.symbol and c.open_time >= days.first and c.open_time < days.first + interval '1 day'),
           last.open_time, last.close,
           days.bars + (select count(*) from @candle_day d join @candle_as_of(t) c
                            on c.symbol = d.symbol and c.open_time >= d.day::timestamp at time zone 'UTC'
                               and c.open_time < (d.day + 1)::timestamp at time zone 'UTC'
                        where d.symbol = m.symbol and d.first_known_at <= t and d.known_at > t)
    from @market m
    cross join lateral (
        select min(day)::timestamp at time zone 'UTC' as first, max(day)::timestamp at time zone 'UTC' as last,
               coalesce(sum(bars) filter (where known_at <= t), 0)::bigint as bars
        from @candle_day where symbol = m.symbol and first_known_at <= t
    ) days
    left join lateral (
        select c.open_time, c.close from @candle_as_of(t) c
        where c.symbol = m.symbol and c.open_time >= days.last and c.open_time < days.last + interval '1 day'
        order by c.open_time desc limit 1
    ) last on true
    where m.opened_at <= t or days.first is not null
$$;

create function gap_as_of(t timestamptz) returns setof gap language sql stable
as $$
    select * from @gap where known_from <= t
    union all
    select * from @gap_superseded where known_from <= t and known_to > t
$$;

create function prediction_as_of(t timestamptz) returns setof prediction language sql stable
as $$
    select p.version, p.open_time, p.sell, p.hold, p.buy, p.signal, p.origin, p.recorded_at, p.bar_revision, p.scorer,
           case when p.outcome_known_at <= t then p.outcome
                else (select o.outcome from @prediction_outcome_superseded o
                      where o.version = p.version and o.open_time = p.open_time and o.known_from <= t and o.known_to > t) end,
           case when p.outcome_known_at <= t then p.outcome_return
                else (select o.outcome_return from @prediction_outcome_superseded o
                      where o.version = p.version and o.open_time = p.open_time and o.known_from <= t and o.known_to > t) end,
           case when p.outcome_known_at <= t then p.outcome_known_at
                else (select o.known_from from @prediction_outcome_superseded o
                      where o.version = p.version and o.open_time = p.open_time and o.known_from <= t and o.known_to > t) end
    from @prediction p where p.recorded_at <= t
    union all
    select s.version, s.open_time, s.sell, s.hold, s.buy, s.signal, s.origin, s.recorded_at, s.bar_revision, s.scorer,
           case when p.outcome_known_at <= t then p.outcome
                else (select o.outcome from @prediction_outcome_superseded o
                      where o.version = p.version and o.open_time = p.open_time and o.known_from <= t and o.known_to > t) end,
           case when p.outcome_known_at <= t then p.outcome_return
                else (select o.outcome_return from @prediction_outcome_superseded o
                      where o.version = p.version and o.open_time = p.open_time and o.known_from <= t and o.known_to > t) end,
           case when p.outcome_known_at <= t then p.outcome_known_at
                else (select o.known_from from @prediction_outcome_superseded o
                      where o.version = p.version and o.open_time = p.open_time and o.known_from <= t and o.known_to > t) end
    from @prediction_superseded s join @prediction p on p.version = s.version and p.open_time = s.open_time
    where s.recorded_at <= t and s.known_to > t
$$;

create function prediction_day_as_of(t timestamptz) returns setof prediction_day language sql stable
as $$
    select version, day, symbol, predictions, reconciled, first_known_at, known_at from @prediction_day where first_known_at <= t
$$;

create function prediction_rollup_as_of(t timestamptz) returns setof prediction_rollup language sql stable
as $$
    select r.version, r.minutes, r.open_time, r.sell, r.hold, r.buy, r.reconciled, r.last, r.last_time
    from @prediction_rollup r
    join @prediction_day d on d.version = r.version and d.day = (r.open_time at time zone 'UTC')::date and d.known_at <= t
$$;

create function performance_day_as_of(t timestamptz) returns setof performance_day language sql stable
as $$
    select * from @performance_day where known_at <= t
$$;

create function model_version_as_of(t timestamptz) returns setof model_version language sql stable
as $$
    select * from @model_version where known_from <= t
    union all
    select * from @model_version_superseded where known_from <= t and known_to > t
$$;

create function model_event_as_of(t timestamptz) returns setof model_event language sql stable
as $$
    select * from @model_event where known_at <= t
$$;

create function slot_period_as_of(t timestamptz) returns setof slot_period language sql stable
as $$
    select model, slot, sequence, version, valid_from, case when valid_to <= t then valid_to end from @slot_period where valid_from <= t
$$;

create function backfill_as_of(t timestamptz) returns setof backfill language sql stable
as $$
    select * from @backfill where known_from <= t
    union all
    select * from @backfill_superseded where known_from <= t and known_to > t
$$;

create function backfill_day_as_of(t timestamptz) returns setof backfill_day language sql stable
as $$
    select * from @backfill_day where recorded_at <= t
$$;

create function training_cycle_as_of(t timestamptz) returns setof training_cycle language sql stable
as $$
    select * from @training_cycle where known_from <= t
    union all
    select * from @training_cycle_superseded where known_from <= t and known_to > t
$$;

create function training_run_as_of(t timestamptz) returns setof training_run language sql stable
as $$
    select * from @training_run where known_from <= t
    union all
    select * from @training_run_superseded where known_from <= t and known_to > t
$$;

create function training_progress_as_of(t timestamptz) returns setof training_progress language sql stable
as $$
    select * from @training_progress where recorded_at <= t
$$;

create function article_as_of(t timestamptz) returns setof article language sql stable
as $$
    select * from @article where known_from <= t
    union all
    select * from @article_superseded where known_from <= t and known_to > t
$$;

create function article_symbol_as_of(t timestamptz) returns setof article_symbol language sql stable
as $$
    select s.symbol, s.article, s.published_at, s.known_at,
           exists (select from @article_reaction r where r.article = s.article and r.symbol = s.symbol and r.measured_at <= t)
    from @article_symbol s where s.known_at <= t
$$;

create function article_reading_as_of(t timestamptz) returns setof article_reading language sql stable
as $$
    select * from @article_reading where known_at <= t
$$;

create function article_reaction_as_of(t timestamptz) returns setof article_reaction language sql stable
as $$
    select * from @article_reaction where measured_at <= t
$$;

create function article_score_as_of(t timestamptz) returns setof article_score language sql stable
as $$
    select article, version, reading, sell, hold, buy, origin, scorer, recorded_at, first_seen_at, known_at, repeats
    from @article_score where recorded_at <= t
    union all
    select article, version, reading, sell, hold, buy, origin, scorer, recorded_at, first_seen_at, known_at, repeats
    from @article_score_superseded where recorded_at <= t and known_to > t
$$;
