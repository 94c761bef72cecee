-- That a party was admitted is told to all parties, the new one included. The sealer reads `party` already (identity).
insert into journal_subject (type, table_name) values ('Party', 'party');
