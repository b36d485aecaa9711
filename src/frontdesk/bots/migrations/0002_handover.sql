-- What makes a bot hand over is its own now, as JSON; what an organization had set for all of its bots goes to each.
alter table bot add column handover text not null default '{}';
update bot set handover = (
    select '{"phrases":' || s.value || '}' from organization_setting s
    where s.organization_id = bot.organization_id and s.name = 'human_phrases')
where exists (
    select 1 from organization_setting s where s.organization_id = bot.organization_id and s.name = 'human_phrases');
update bot set handover = (
    select case handover when '{}' then '{' else substr(handover, 1, length(handover) - 1) || ',' end
        || '"offer_after":' || s.value || '}' from organization_setting s
    where s.organization_id = bot.organization_id and s.name = 'unknown_before_human')
where exists (
    select 1 from organization_setting s
    where s.organization_id = bot.organization_id and s.name = 'unknown_before_human');
delete from organization_setting where name in ('human_phrases', 'unknown_before_human');
