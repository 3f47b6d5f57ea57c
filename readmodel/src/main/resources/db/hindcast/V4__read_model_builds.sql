-- Read models live in a schema of their own per build, rm_<build>; db/readmodel/tables.sql says what is in it. One row says which
-- build readers use, so that a rebuild can run beside the one that serves.
create table read_model_build (
    build      integer primary key,
    -- digest of the statements that made its tables: another one means the program has moved on
    definition text not null
);

create table read_model_current (
    only_row boolean primary key default true check (only_row),
    build    integer not null references read_model_build
);
