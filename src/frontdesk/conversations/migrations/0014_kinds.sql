-- Where its visitor writes from: what the channel said when it was opened, for all of its life.
alter table conversation add column written_from text not null default 'site'
    check (written_from in ('site', 'app', 'messaging'));
