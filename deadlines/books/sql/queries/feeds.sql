select feed.number, who, school, digest, made, revoked.recorded
from feed left join revoked on revoked.feed = feed.number order by feed.number;
