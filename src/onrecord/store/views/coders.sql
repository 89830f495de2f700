-- Which version, model and codebook coded how many of the current pages, and when.
select coder_version, model, codebook, count(*) as pages, min(coded_on) as first_day, max(coded_on) as last_day
from pages
group by all
order by first_day, coder_version, model, codebook
