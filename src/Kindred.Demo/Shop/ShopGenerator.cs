namespace Kindred.Demo.Shop;

/// <summary>
/// Makes a shop from a seed: the same seed and end give the same shop, row for row. It is shaped like real shops: a few
/// items and users account for much of the traffic, people keep to their tastes, sessions stay on a theme and walk from an item to
/// what goes with it, and both fashions and tastes drift over the 90 days.
/// </summary>
internal sealed class ShopGenerator
{
    public const int ItemCount = 2_000;
    public const int UserCount = 6_000;
    public const int Days = 90;
    private const int TargetInteractions = 300_000;
    private const int SecondsPerDay = 86_400;
    private const int CompanionsPerItem = 4;

    private readonly Random _random;
    private readonly long _end;
    private readonly ShopItem[] _items;
    private readonly int[] _department;
    private readonly int[] _style;
    private readonly int[][] _companions;
    private readonly CategoryShelf[] _shelves;

    private ShopGenerator(int seed, DateTimeOffset end)
    {
        _random = new Random(seed);
        _end = end.ToUnixTimeSeconds();
        (_items, _department, _style) = MakeItems();
        _shelves = [.. Enumerable.Range(0, ShopVocabulary.Departments.Length).Select(StockShelf)];
        _companions = [.. Enumerable.Range(0, ItemCount).Select(PickCompanions)];
    }

    /// <param name="end">The moment after the last interaction; the first lies <see cref="Days"/> earlier.</param>
    public static SyntheticShop Generate(int seed, DateTimeOffset end) => new ShopGenerator(seed, end).Generate();

    private SyntheticShop Generate()
    {
        var users = new ShopUser[UserCount];
        var interactions = new List<ShopInteraction>(TargetInteractions + 10_000);
        var activity = Enumerable.Range(0, UserCount).Select(_ => Math.Exp(Gaussian() * 0.9)).ToArray();
        var perActivity = TargetInteractions / activity.Sum();
        for (var user = 0; user < UserCount; user++)
        {
            users[user] = new ShopUser(
                $"user-{user + 1:D4}", Pick(ShopVocabulary.FirstNames), Pick(ShopVocabulary.AgeGroups), Pick(ShopVocabulary.Memberships));
            Shop(user, Math.Max(3, (int)(activity[user] * perActivity)), interactions);
        }

        // Stable, so that the events of one session keep their order inside one second.
        return new SyntheticShop(_items, users, [.. interactions.OrderBy(i => i.Timestamp)]);
    }

    /// <summary>One shopper's 90 days, as sessions of some minutes each.</summary>
    private void Shop(int user, int budget, List<ShopInteraction> interactions)
    {
        var tastes = new Tastes(_random, _shelves.Length, ShopVocabulary.Styles.Length);
        var viewed = new HashSet<int>();
        var stop = interactions.Count + budget;
        while (interactions.Count < stop)
        {
            var day = _random.Next(Days);
            var clock = _end - ((Days - day) * SecondsPerDay) + DaytimeSecond();
            var department = tastes.PickDepartment(_random, (double)day / Days);
            var item = PickFitting(_shelves[department], tastes, day);
            for (var steps = 2 + _random.Next(7); steps > 0 && interactions.Count < stop && clock < _end; steps--)
            {
                // People rarely look twice; when the walk runs into something known, it starts again elsewhere on the shelf.
                if (!viewed.Add(item) && _random.NextDouble() < 0.85)
                {
                    item = PickFitting(_shelves[department], tastes, day);
                    continue;
                }

                clock = Interact(user, item, tastes.Likes(_style[item]), clock, interactions);
                item = _random.NextDouble() < 0.55 ? Pick(_companions[item]) : PickFitting(_shelves[department], tastes, day);
            }
        }
    }

    private long Interact(int user, int item, double liking, long clock, List<ShopInteraction> interactions)
    {
        interactions.Add(new ShopInteraction(user, item, ShopEvent.View, clock));
        clock += 15 + _random.Next(120);
        if (_random.NextDouble() > 0.06 + (0.22 * liking)) return clock;
        interactions.Add(new ShopInteraction(user, item, ShopEvent.AddToCart, clock));
        clock += 20 + _random.Next(200);
        if (_random.NextDouble() > 0.4) return clock;
        interactions.Add(new ShopInteraction(user, item, ShopEvent.Purchase, clock));
        return clock + 30 + _random.Next(60);
    }

    /// <summary>The best liked of a few items that catch the eye.</summary>
    private int PickFitting(CategoryShelf shelf, Tastes tastes, int day)
    {
        var best = shelf.Pick(_random, day);
        for (var glance = 0; glance < 2; glance++)
        {
            var other = shelf.Pick(_random, day);
            if (tastes.Likes(_style[other]) > tastes.Likes(_style[best])) best = other;
        }

        return best;
    }

    private (ShopItem[] Items, int[] Departments, int[] Styles) MakeItems()
    {
        var (items, departments, styles, names) = (new ShopItem[ItemCount], new int[ItemCount], new int[ItemCount], new HashSet<string>());
        for (var i = 0; i < ItemCount; i++)
        {
            departments[i] = i % ShopVocabulary.Departments.Length;
            styles[i] = _random.Next(ShopVocabulary.Styles.Length);
            var department = ShopVocabulary.Departments[departments[i]];
            string name, thing, material;
            do
            {
                (thing, material) = (Pick(department.Things), Pick(department.Materials));
                name = $"{Pick(ShopVocabulary.Makers)} {material} {thing}";
            }
            while (!names.Add(name));

            var style = ShopVocabulary.Styles[styles[i]];
            var price = Math.Round(department.TypicalPrice * Math.Exp(Gaussian() * 0.45), 2);
            var age = _random.NextDouble() < 0.9 ? Days + _random.Next(600) : _random.Next(Days);
            items[i] = new ShopItem(
                $"item-{i + 1:D4}", name, department.Name, style, price,
                $"{style} {thing.ToLowerInvariant()} in {material.ToLowerInvariant()}, made for {department.Use}.",
                _end - ((long)age * SecondsPerDay));
        }

        return (items, departments, styles);
    }

    private CategoryShelf StockShelf(int department) =>
        new(_random, [.. Enumerable.Range(0, ItemCount).Where(item => _department[item] == department)]);

    /// <summary>What is bought together: things of the same department and style, and now and then a surprise.</summary>
    private int[] PickCompanions(int item)
    {
        var shelf = _shelves[_department[item]];
        var kin = shelf.Items.Where(other => other != item && _style[other] == _style[item]).ToArray();
        return [.. Enumerable.Range(0, CompanionsPerItem).Select(
            n => n < CompanionsPerItem - 1 && kin.Length > 0 ? Pick(kin) : shelf.Pick(_random, 0))];
    }

    /// <summary>A second of the day: most people shop in the evening.</summary>
    private int DaytimeSecond() => (int)((SecondsPerDay + (19.5 + (Gaussian() * 3.5)) * 3_600) % SecondsPerDay);

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
