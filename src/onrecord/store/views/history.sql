-- What was coded when, and why: a row for each coding of each page, the old ones too.
select
    page,
    coded_on,
    why,
    coding not in (select coding from hidden) as is_current,
    coder_version,
    model,
    codebook,
    source,
    sha256
from all_pages
order by page, run, position
