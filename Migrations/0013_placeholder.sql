-- 0013_placeholder: keeps the numbering whole until the migration that has this number is merged.
SELECT 1;
