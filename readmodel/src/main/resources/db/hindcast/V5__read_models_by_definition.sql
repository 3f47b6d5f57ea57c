-- Two versions of the program may run side by side, each with tables of its own: readers have a pointer for each definition. A build
-- serves its definition's readers once it has caught up with the log; whoever fills it says how far it is.
alter table read_model_build
    add column position  bigint not null default 0,
    add column head      bigint not null default 0,
    -- who fills it before it serves, and when they last said so
    add column builder   text,
    add column heartbeat timestamptz;

alter table read_model_current add column definition text;
update read_model_current c set definition = b.definition from read_model_build b where b.build = c.build;
alter table read_model_current
    drop column only_row,
    add primary key (definition);
