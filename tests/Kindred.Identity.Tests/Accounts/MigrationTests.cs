using Kindred.Identity.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Tests.Accounts;

public sealed class MigrationTests
{
    [Fact]
    public void Model_OfEitherDatabase_HasNoChangeWithoutAMigration()
    {
        using var sqlite = new SqliteDesignTime().CreateDbContext([]);
        using var postgres = new PostgresDesignTime().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }
}
