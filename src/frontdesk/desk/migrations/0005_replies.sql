-- Of a saved reply, as JSON: the files that go with it, and its card.
alter table quick_reply add column attachments text not null default '[]';
alter table quick_reply add column card text;

-- A file of a saved reply. Without a reply_id no reply holds it any more: then it stays as long as a conversation in which it was sent.
create table quick_reply_file (
    organization_id bigint not null,
    media_id bigint not null,
    reply_id bigint,
    primary key (organization_id, media_id)
);
create index quick_reply_file_reply on quick_reply_file (organization_id, reply_id);
create index quick_reply_file_let_go on quick_reply_file (media_id) where reply_id is null;

create table quick_reply_sending (
    organization_id bigint not null,
    media_id bigint not null,
    conversation_id bigint not null,
    primary key (organization_id, media_id, conversation_id)
);
create index quick_reply_sending_conversation on quick_reply_sending (organization_id, conversation_id);
