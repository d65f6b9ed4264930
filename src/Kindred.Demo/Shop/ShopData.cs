using System.Globalization;

namespace Kindred.Demo.Shop;

/// <summary>The made-up shop as demo data.</summary>
internal sealed class ShopData : IDemoData
{
    private readonly SyntheticShop _shop;
    private readonly Dictionary<string, ShopItem> _items;
    private readonly int[] _popularity;

    private ShopData(SyntheticShop shop, string fingerprint)
    {
        (_shop, Fingerprint) = (shop, fingerprint);
        _items = shop.Items.ToDictionary(i => i.Id);
        _popularity = new int[shop.Items.Count];
        foreach (var interaction in shop.Interactions) _popularity[interaction.Item]++;
        Shopper = ChooseShopper();
        Datasets =
        [
            new("Interactions", ShopFiles.InteractionsSchema, "interactions.csv", () => new MemoryStream(ShopFiles.Interactions(shop))),
            new("Items", ShopFiles.ItemsSchema, "items.csv", () => new MemoryStream(ShopFiles.Items(shop))),
            new("Users", ShopFiles.UsersSchema, "users.csv", () => new MemoryStream(ShopFiles.Users(shop))),
        ];
    }

    public string Fingerprint { get; }
    public IReadOnlyList<string> Notes => [];
    public IReadOnlyList<DemoDataset> Datasets { get; }
    public DemoShopper Shopper { get; }
    public string SurpriseEvent => nameof(ShopEvent.AddToCart);

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"a made-up shop: {_shop.Items.Count:N0} items, {_shop.Users.Count:N0} users, "
        + $"{_shop.Interactions.Count:N0} interactions over {ShopGenerator.Days} days");

    /// <param name="today">The shop's last day ends when this day begins (UTC).</param>
    public static ShopData Generate(int seed, DateTimeOffset today)
    {
        var end = new DateTimeOffset(today.UtcDateTime.Date, TimeSpan.Zero);
        var fingerprint = string.Create(CultureInfo.InvariantCulture, $"shop-{(uint)seed}-{end:yyyyMMdd}");
        return new ShopData(ShopGenerator.Generate(seed, end), fingerprint);
    }

    public string NameOf(string itemId) => _items.TryGetValue(itemId, out var item)
        ? string.Create(CultureInfo.InvariantCulture, $"{item.Name} ({item.Category}, {item.Style}, {item.Price:F2})")
        : itemId;

    /// <summary>The best seller of a department that the shopper has neither looked at nor been shown.</summary>
    public string PickSurprise(IReadOnlyCollection<string> recommended)
    {
        var familiar = Shopper.History.Select(h => h.ItemId).Concat(recommended).Select(id => _items[id].Category).ToHashSet();
        return Enumerable.Range(0, _shop.Items.Count).OrderByDescending(i => _popularity[i])
            .Select(i => _shop.Items[i]).FirstOrDefault(i => !familiar.Contains(i.Category), _shop.Items[^1]).Id;
    }

    /// <summary>Somebody who bought something and keeps to few departments: then a surprise is possible and visible.</summary>
    private DemoShopper ChooseShopper()
    {
        var user = _shop.Interactions.GroupBy(i => i.User)
            .Where(g => g.Count() is >= 15 and <= 30 && g.Any(i => i.Event == ShopEvent.Purchase))
            .OrderBy(g => g.Select(i => _shop.Items[i.Item].Category).Distinct().Count()).ThenBy(g => g.Key).First();
        var who = _shop.Users[user.Key];
        return new DemoShopper(
            who.Id, $"{who.Name} ({who.Id})",
            [.. user.Select(i => new DemoHistoryLine(
                DateTimeOffset.FromUnixTimeSeconds(i.Timestamp), i.Event.ToString(), _shop.Items[i.Item].Id))]);
    }
}
