using Aspire.AppHost;

// dotnet run --project Aspire.AppHost [-- --data FOLDER]
var builder = DistributedApplication.CreateBuilder(args);
var dataPath = builder.Configuration["data"] is { } folder ? Path.GetFullPath(folder) : Path.Combine(builder.AppHostDirectory, "data");

builder.AddKindred("kindred", port: 5080, dataPath);
builder.Build().Run();
