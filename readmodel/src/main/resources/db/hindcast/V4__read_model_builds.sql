-- Each build of the read models has a schema of its own, rm_<build>, with the tables of db/readmodel/tables.sql. One row points to the
-- build that readers use, so that a rebuild can run beside it.
create table read_model_build (
    build      integer primary key,
    -- digest of the statements that created its tables; another program version may have another one
    definition text not null
);

create table read_model_current (
    only_row boolean primary key default true check (only_row),
    build    integer not null references read_model_build
);
