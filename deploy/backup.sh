#!/bin/sh
# One backup of an installation on PostgreSQL: the database, then files and keys (an upload in between is one file too
# many, never one too few). Both carry the same time in their names; what is older than KEEP_DAYS is deleted.
set -eu
umask 077
folder=${BACKUP_FOLDER:-/var/backups/lidian}
stamp=$(date +%Y%m%d-%H%M%S)

pg_dump --format=custom --file="$folder/$stamp.dump.part" --dbname="$DATABASE_URL"
"$(dirname "$(readlink -f "$0")")/../bin/backup" "$folder/$stamp.tar.gz"
pg_restore --list "$folder/$stamp.dump.part" >/dev/null
mv "$folder/$stamp.dump.part" "$folder/$stamp.dump"

find "$folder" -maxdepth 1 -type f \( -name '*.dump' -o -name '*.tar.gz' -o -name '*.part' \) \
    -mtime "+${KEEP_DAYS:-30}" -delete
echo "$folder/$stamp.dump"
