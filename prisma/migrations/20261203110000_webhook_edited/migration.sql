-- What a webhook is called, where it is sent and what it asks may be changed.
grant update (name, url, document) on webhook to samsyn_app;
