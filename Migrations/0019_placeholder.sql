-- 0019_placeholder: keeps the numbers without a gap until the branch that owns this one is merged.
SELECT 1;
