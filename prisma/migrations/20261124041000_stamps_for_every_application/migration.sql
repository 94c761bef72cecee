-- Times are the database's for everybody but its owner, who plants the pilot's past. The application may be a role of another
-- name that was granted samsyn_app (DATABASE_APP_URL), so its name is no sign of it.
drop trigger stamps on task;
create trigger stamps before update on task for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function task_stamps();
drop trigger stamps on comment;
create trigger stamps before update on comment for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function comment_stamps();
drop trigger stamps on member;
create trigger stamps before update on member for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function member_stamps();
