-- Two versions of the program may run side by side, each with its own tables, so there is a pointer for each definition. A build serves
-- the readers of its definition once it has caught up with the log; the process that fills it records its progress.
alter table read_model_build
    add column position  bigint not null default 0,
    add column head      bigint not null default 0,
    -- the process that fills it before it serves, and its last sign of life
    add column builder   text,
    add column heartbeat timestamptz;

alter table read_model_current add column definition text;
update read_model_current c set definition = b.definition from read_model_build b where b.build = c.build;
alter table read_model_current
    drop column only_row,
    add primary key (definition);
