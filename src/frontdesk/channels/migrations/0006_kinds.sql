-- Where its visitors write from: of an agent's places, so many at most may be taken from there. (`kind` is how it is reached.)
alter table channel add column written_from text not null default 'site'
    check (written_from in ('site', 'app', 'messaging'));
