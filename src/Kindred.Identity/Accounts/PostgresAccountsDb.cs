using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Accounts;

/// <summary>The accounts in a PostgreSQL database, which several processes may share.</summary>
internal sealed class PostgresAccountsDb(DbContextOptions<PostgresAccountsDb> options) : AccountsDb(options);
